import Yams

/// Takes one token out of a configuration's text and leaves everything else as it is, comments and all.
///
/// The result is read again and compared: when anything but the one token would differ, nothing is changed.
enum TokenRemoval {
    /// Why a text cannot be edited.
    struct Failure: Error {
        let reason: String
    }

    /// The text without the token of `entry`.
    static func text(_ text: String, without entry: TokenList.Entry, in list: TokenList) throws(Failure) -> String {
        guard case .sequence(let tokens)? = list.root["principals"]?[entry.principal]?["tokens"],
            entry.index < tokens.count, let item = tokens[entry.index].mark, let start = tokens.mark
        else { throw Failure(reason: "the token's place is not known") }
        var editor = YAMLText(text)
        let isFlow = editor.character(at: start) == "["
        if isFlow {
            editor.removeFlowItem(at: item)
        } else {
            guard editor.removeBlockItem(at: item, ofOnly: tokens.count == 1) else {
                throw Failure(reason: "its list is written in an unusual way")
            }
        }
        let edited = editor.text
        guard let after = try? Parser(yaml: edited, encoding: .utf8).singleRoot(), after == expected(list.root, entry) else {
            throw Failure(reason: "more than that token would change")
        }
        return edited
    }

    private static func expected(_ root: Node, _ entry: TokenList.Entry) -> Node {
        var root = root
        guard var principals = root["principals"], var principal = principals[entry.principal],
            case .sequence(var tokens)? = principal["tokens"]
        else { return root }
        tokens.remove(at: entry.index)
        principal["tokens"] = .sequence(tokens)
        principals[entry.principal] = principal
        root["principals"] = principals
        return root
    }
}
