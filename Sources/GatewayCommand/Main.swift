import Gateway

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The executable `gateway`: everything it does is in the module `Gateway`.
@main
enum Main {
    static func main() async {
        GatewayTool.protectProcess()
        exit(await GatewayTool.run(Array(CommandLine.arguments.dropFirst())))
    }
}
