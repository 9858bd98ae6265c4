/// What every instance shows on its screen: a prompt of 160 by 48 dots.
enum Screenshot {
    /// A PNG file in Base64.
    static let base64 = """
        iVBORw0KGgoAAAANSUhEUgAAAKAAAAAwAQAAAAC+0kzDAAAA6UlEQVR42mNgoAHgAGIJ5gccBQwMjA0MjB0MjFBBDiYGiQ4g3cDAABHklNl0nI\
        P5AMcMdh2GdpmCbplioBSX0mmNDgYFjhUcmxg6FnD0LGoEquSxa9IHCZ7gWAQUrOhYVAgU5FJo0uBgUuPoAAku6uhYxKkAMrNJXYbxmEwBuxLj\
        cZnKE3M+HGAYBfQAbECkwMDCkACObChgAiKQoAJ7AzAxwARlCg/pFJ5jUDwxYyNCUKlByaiLhUFJo+MEQrtS4yOlziMMSuodnUgqu5SUOlQalB\
        SQBNllCp8rFR9mKDwu08FgNxobWAEA6Bc60QRhisQAAAAASUVORK5CYII=
        """
}
