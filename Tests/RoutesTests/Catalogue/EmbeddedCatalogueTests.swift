import Testing

@testable import Routes

@Suite struct EmbeddedCatalogueTests {
    @Test func `the built-in catalogue has no faults`() throws {
        do {
            let catalogue = try Catalogue()
            #expect(catalogue.operations.count >= 95)
            #expect(catalogue.documentationFaults() == [])
        } catch {
            Issue.record("\(error)")
        }
    }
}

#if canImport(Glibc)
import Glibc
#endif

extension EmbeddedCatalogueTests {
    @Test func `every file of the data folder is built in`() throws {
        let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        let data = root + "/Sources/CCatalogue/data"
        var files: Set<String> = []
        for product in Self.entries(of: data) where !product.contains(".") {
            for file in Self.entries(of: data + "/" + product) where file.hasSuffix(".json") {
                files.insert(product + "/" + file)
            }
        }
        #expect(!files.isEmpty)
        #expect(Set(CatalogueSource.embedded.map(\.name)) == files)
    }

    private static func entries(of folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { names.append(String(cString: $0)) }
            }
        }
        return names
    }
}
