#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What every process tells about itself, by the names that Prometheus clients use, and which build it is.
enum ProcessMetrics {
    /// `startTime` is in nanoseconds since 1970.
    static func add(startTime: UInt64, to page: inout MetricsPage) {
        page.begin("acs_gateway_build_info", .gauge, "The running version.")
        page.sample("acs_gateway_build_info", [("version", Version.current)], 1)
        page.begin("process_start_time_seconds", .gauge, "Start of the process since 1970.")
        page.sample("process_start_time_seconds", [], nanoseconds: startTime)
        var usage = rusage()
        if getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 {
            let seconds = UInt64(clamping: usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            let microseconds = UInt64(clamping: usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
            page.begin("process_cpu_seconds_total", .counter, "Processor time used.")
            page.sample("process_cpu_seconds_total", [], nanoseconds: seconds * 1_000_000_000 + microseconds * 1000)
        }
        if let resident = residentBytes {
            page.single("process_resident_memory_bytes", .gauge, "Resident memory.", resident)
        }
    }

    /// Second field of /proc/self/statm, in pages.
    private static var residentBytes: UInt64? {
        guard let text = try? FileText.contents(of: "/proc/self/statm", limit: 4096) else { return nil }
        let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
        guard fields.count > 1, let pages = UInt64(fields[1]) else { return nil }
        return pages * UInt64(clamping: sysconf(Int32(_SC_PAGESIZE)))
    }
}
