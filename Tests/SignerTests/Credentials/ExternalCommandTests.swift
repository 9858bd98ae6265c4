import Bytes
import Glibc
import Testing

@testable import Signer

@Suite struct ExternalCommandTests {
    let world = FakeWorld()

    private func fault(_ arguments: [String], _ limit: Duration = .seconds(20)) async -> String {
        await world.fault(.process(ExternalCommand(arguments: arguments, timeLimit: limit)))
    }

    @Test func takesTheKeyThatACommandPrints() async throws {
        let output =
            #"{"mode": "StsToken", "access_key_id": "STS.x", "access_key_secret": "s1", "sts_token": "t1", "expiration": "2026-01-02T04:04:05Z"}"#
        let credentials = try await world.load(.process(ExternalCommand(arguments: ["/bin/echo", output])))
        #expect(credentials.key.id == Array("STS.x".utf8) && signsLike(credentials.key, "s1"))
        #expect(credentials.key.withSecurityToken { $0?.text } == "t1")
        #expect(credentials.expiration == world.clock.after(3600))
        let lasting = #"{"mode": "AK", "access_key_id": "LTAI", "access_key_secret": "s2"}"#
        #expect(try await world.load(.process(ExternalCommand(arguments: ["/bin/echo", lasting]))).expiration == nil)
    }

    /// There is no shell: what would be an expansion or a second command is text.
    @Test func runsNoShell() async {
        #expect(
            await fault(["/bin/echo", "$(id)", "; rm -rf /nowhere", "`id`"])
                == "command `/bin/echo`: the answer is no valid JSON: unexpected character at byte 0")
        #expect(await fault(["/bin/echo {}"]) == "command `/bin/echo {}`: cannot be run: No such file or directory")
        #expect(await fault([]) == "command ``: has no program")
    }

    @Test func repeatsNothingOfWhatACommandPrints() async {
        #expect(
            await fault(["/bin/sh", "-c", "echo hunter2; echo hunter2 >&2; exit 3"])
                == "command `/bin/sh`: ended with exit code 3")
        #expect(await fault(["/bin/sh", "-c", "kill -9 $$"]) == "command `/bin/sh`: was ended by signal 9")
        #expect(
            await fault(["/bin/echo", #"{"access_key_id": "a"}"#]) == "command `/bin/echo`: the answer has no access_key_secret")
        #expect(
            await fault(["/usr/bin/head", "-c", "70000", "/dev/zero"]) == "command `/usr/bin/head`: printed more than 65536 bytes"
        )
    }

    /// The system refuses a program whose environment moves while it starts.
    @Test func startsWhileTheEnvironmentChanges() async {
        let changes = Task {
            var round = 0
            while !Task.isCancelled {
                ProcessEnvironment.exclusively { setenv("T_CHANGES_\(round % 1000)", "value", 1) }
                if round % 1000 == 999 {
                    ProcessEnvironment.exclusively { for name in 0..<1000 { unsetenv("T_CHANGES_\(name)") } }
                }
                round += 1
            }
        }
        for _ in 0..<100 {
            let fault = await fault(["/bin/true"])
            #expect(fault == "command `/bin/true`: the answer is no valid JSON: the text ends too early at byte 0")
        }
        changes.cancel()
    }

    /// The time is over also for what the command started, and for one that closed its output.
    @Test(arguments: ["sleep 600 & sleep 600", "exec >&-; sleep 600", "trap '' TERM; sleep 600"])
    func killsWhatTakesTooLong(_ script: String) async {
        let clock = ContinuousClock()
        let start = clock.now
        #expect(await fault(["/bin/sh", "-c", script], .milliseconds(200)) == "command `/bin/sh`: did not end in time")
        #expect(clock.now - start < .seconds(500))
    }
}
