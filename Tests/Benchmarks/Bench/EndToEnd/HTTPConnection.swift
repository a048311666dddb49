import Foundation

/// One connection to a service on this machine; as little HTTP as a measurement needs.
///
/// Blocks; one thread at a time.
final class HTTPConnection {
    private let socket: Int32
    private var received: [UInt8] = []

    /// Connects.
    init(port: Int) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var one: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        let failed = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard failed == 0 else {
            close(socket)
            throw BenchFailure("cannot connect to port \(port)")
        }
    }

    deinit { close(socket) }

    /// The body of an answer to a GET.
    func get(_ path: String) throws -> String {
        let text = "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"
        let answer = try exchange(Array(text.utf8))
        guard answer.status == 200 else { throw BenchFailure("\(path) gave \(answer.status)") }
        return String(decoding: answer.body, as: UTF8.self)
    }

    /// A whole request that posts events as a JSON batch.
    static func request(posting body: [UInt8]) -> [UInt8] {
        let head =
            "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.count)\r\n"
            + "Content-Type: application/cloudevents-batch+json\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// Sends a whole request and waits for the whole answer.
    func exchange(_ request: [UInt8]) throws -> (status: Int, body: ArraySlice<UInt8>) {
        var sent = 0
        try request.withUnsafeBytes { bytes in
            while sent < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                let count = send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                guard count > 0 else { throw BenchFailure("the connection broke") }
                sent += count
            }
        }
        received.removeAll(keepingCapacity: true)
        while true {
            if let answer = try complete() { return answer }
            try receive()
        }
    }

    private func receive() throws {
        try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
            let count = recv(socket, buffer.baseAddress, buffer.count, 0)
            guard count > 0 else { throw BenchFailure("the connection ended in an answer") }
            received.append(contentsOf: buffer[..<count])
        }
    }

    /// The answer, once all of it is there.
    private func complete() throws -> (status: Int, body: ArraySlice<UInt8>)? {
        let end = Array("\r\n\r\n".utf8)
        guard let headEnd = received.firstRange(of: end) else { return nil }
        let lines = String(decoding: received[..<headEnd.lowerBound], as: UTF8.self)
            .lowercased().split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, let status = Int(words[1]) else {
            throw BenchFailure("no HTTP answer: \(lines.first ?? "")")
        }
        let body = received[headEnd.upperBound...]
        let length = lines.first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) }
        if let length { return body.count >= length ? (status, body.prefix(length)) : nil }
        // Chunked, as the metrics are when they are long: the last chunk is empty.
        guard lines.contains(where: { $0.hasPrefix("transfer-encoding:") }) else {
            return (status, [])
        }
        return body.suffix(5).elementsEqual(Array("0\r\n\r\n".utf8)) ? (status, body) : nil
    }
}
