import Bytes
import CAllocations

/// Time and allocations of one operation, the median of several runs.
struct Measurement {
    let name: String
    let nanoseconds: Double
    let allocations: Double

    /// Runs `body` until a run takes about 50 ms, nine runs; `body` returns something so that it cannot be left out.
    init(_ name: String, _ body: () -> Int) {
        var sink = 0
        var count = 1
        while true {
            let start = SystemClock.monotonic
            for _ in 0..<count { sink &+= body() }
            if SystemClock.monotonic - start > 10_000_000 { break }
            count *= 2
        }
        count *= 5
        var times: [Double] = []
        var allocations: [Double] = []
        for _ in 0..<9 {
            let allocated = allocations_so_far()
            let start = SystemClock.monotonic
            for _ in 0..<count { sink &+= body() }
            times.append(Double(SystemClock.monotonic - start) / Double(count))
            allocations.append(Double(allocations_so_far() - allocated) / Double(count))
        }
        if sink == .min { print("") }
        self.name = name
        nanoseconds = times.sorted()[4]
        self.allocations = allocations.sorted()[4]
    }

    /// A row of a Markdown table.
    var row: String {
        let time = nanoseconds < 1000 ? "\(rounded(nanoseconds, 0)) ns" : "\(rounded(nanoseconds / 1000, 2)) µs"
        return "| \(name) | \(time) | \(rounded(allocations, 2)) |"
    }

    private func rounded(_ value: Double, _ digits: Int) -> String {
        let factor = digits == 0 ? 1.0 : digits == 1 ? 10.0 : 100.0
        let value = (value * factor).rounded() / factor
        return digits == 0 ? "\(Int(value))" : "\(value)"
    }
}
