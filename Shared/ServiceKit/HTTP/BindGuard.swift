/// Why a server must not listen on a host, or nil if it may.
///
/// Anything but loopback is refused without authentication: whoever reaches the port could write
/// events. `0.0.0.0`, `::` and every name but `localhost` count as beyond loopback.
public func bindProblem(host: String, authenticated: Bool) -> String? {
    if authenticated || isLoopback(host) { return nil }
    return "\(host) is reachable from other machines, which needs authentication"
}

/// Whether a host can only be reached from the same machine: `localhost`, `127.0.0.0/8` or `::1`.
func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
}
