import Foundation
import Synchronization
import TestSupport

/// A wire between the services and one broker that can be made slow, or cut.
///
/// The broker tells its clients where it is; on the way to them that place is replaced by this one,
/// which has the same length, so that nobody gets past it.
final class SlowWire: Sendable {
    /// Where the services find the broker.
    let servers: String
    private let brokerPort: UInt16
    private let listener: Int32
    private let told: [UInt8]
    private let own: [UInt8]
    private let delay = Mutex<Duration>(.zero)
    private let open = Mutex<Set<Int32>>([])

    /// Begins to listen.
    ///
    /// - Parameter broker: `127.0.0.1:port`, as the broker calls itself too.
    init(to broker: String) throws {
        guard let port = UInt16(broker.split(separator: ":").last ?? "") else {
            throw CocoaError(.featureUnsupported)
        }
        brokerPort = port
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        listener = listening
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        var address = Self.loopback(port: 0)
        let port0 = unsafe withUnsafeMutablePointer(to: &address) { pointer -> UInt16 in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                unsafe bind(listening, place, length)
                listen(listening, 64)
                unsafe getsockname(listening, place, &length)
            }
            return unsafe UInt16(bigEndian: pointer.pointee.sin_port)
        }
        servers = "127.0.0.1:\(port0)"
        told = Self.place(port: port)
        own = Self.place(port: port0)
        start { wire in wire.accept() }
    }

    /// What is on its way from now on takes so much longer; every few kilobytes of it.
    func slow(by delay: Duration) { self.delay.withLock { $0 = delay } }

    /// Cuts every connection.
    func cut() {
        for socket in open.withLock({ $0 }) { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    /// Ends the wire.
    func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        cut()
    }

    // MARK: - Connections

    private func start(_ body: @escaping @Sendable (SlowWire) -> Void) {
        Thread { body(self) }.start()
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else {
                // Only a listener that was shut is the end: anything else is about one connection,
                // such as a client that was killed before its turn came.
                let reason = errno
                guard reason != EINVAL, reason != EBADF else { return }
                print("chaos: the wire could not take a connection: error \(reason)")
                wait(.milliseconds(10))
                continue
            }
            let broker = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = Self.loopback(port: brokerPort)
            let failed = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe connect(broker, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard failed == 0 else {
                Glibc.close(client)
                Glibc.close(broker)
                continue
            }
            open.withLock { $0.formUnion([client, broker]) }
            // Both directions end with either; the last one to end closes both sockets.
            let ends = Mutex(2)
            let last: @Sendable () -> Bool = {
                ends.withLock {
                    $0 -= 1
                    return $0 == 0
                }
            }
            start { $0.pump(from: client, to: broker, replacing: false, isLast: last) }
            start { $0.pump(from: broker, to: client, replacing: true, isLast: last) }
        }
    }

    private func pump(
        from source: Int32,
        to target: Int32,
        replacing: Bool,
        isLast: () -> Bool
    ) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            // A place may be split between two reads: its beginning waits a moment for the rest.
            if !bytes.isEmpty, !isReadable(source, within: 5) {
                guard send(bytes, to: target) else { break }
                bytes = []
            }
            let count = unsafe recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer[..<count]
            let held = replacing ? replacePlaces(in: &bytes) : 0
            wait(delay.withLock { $0 })
            guard send(Array(bytes.dropLast(held)), to: target) else { break }
            bytes = Array(bytes.suffix(held))
        }
        shutdown(source, Int32(SHUT_RDWR))
        shutdown(target, Int32(SHUT_RDWR))
        guard isLast() else { return }
        open.withLock { $0.subtract([source, target]) }
        Glibc.close(source)
        Glibc.close(target)
    }

    /// Replaces the broker's place; returns how many bytes at the end may begin one.
    private func replacePlaces(in bytes: inout [UInt8]) -> Int {
        while let found = bytes.firstRange(of: told) { bytes.replaceSubrange(found, with: own) }
        for length in (1..<told.count).reversed() where bytes.count >= length {
            if bytes.suffix(length).elementsEqual(told.prefix(length)) { return length }
        }
        return 0
    }

    private func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private func isReadable(_ socket: Int32, within milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, milliseconds) > 0
    }

    private func wait(_ duration: Duration) {
        let milliseconds = Int32(duration / .milliseconds(1))
        if milliseconds > 0 { _ = poll(nil, 0, milliseconds) }
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }

    /// A place as Kafka's protocol has it: the host's text, then the port in four bytes.
    private static func place(port: UInt16) -> [UInt8] {
        Array("127.0.0.1".utf8) + [0, 0, UInt8(port >> 8), UInt8(port & 0xFF)]
    }
}
