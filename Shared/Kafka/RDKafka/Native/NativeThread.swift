import CRDKafka

/// Threads of our own for blocking C calls, which must not hold a thread of the task pool.
enum NativeThread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs the body on a thread of its own; false when the system has none to give.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let retained = Unmanaged.passRetained(Body(body))
        let failed = cordon_thread_run(
            { argument in
                guard let argument else { return }
                Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
            },
            retained.toOpaque()
        )
        if failed != 0 { retained.release() }
        return failed == 0
    }
}
