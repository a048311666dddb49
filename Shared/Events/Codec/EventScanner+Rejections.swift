/// The words of a rejection, built only when an event is at fault.
extension EventScanner {
    /// Refuses a member of the set that stands there twice.
    @inline(__always)
    func refuseRepeated(_ known: MemberSet) throws(Rejection) {
        let bits = repeated.bits & known.bits
        guard bits == 0 else { throw repetition(bits) }
    }

    @inline(never)
    private func repetition(_ bits: UInt64) -> Rejection {
        let member = Member(rawValue: UInt8(bits.trailingZeroBitCount)) ?? .data
        return Rejection(
            reason: .duplicateMember,
            pointer: member.pointer,
            detail: "expected \(member.name) once, found it more often"
        )
    }

    /// A required member is absent or null.
    @inline(never)
    func missing(_ member: Member) -> Rejection {
        let found = seen.contains(member) ? "null" : "nothing"
        return Rejection(
            reason: .missingMember,
            pointer: member.pointer,
            detail: "\(member.name) is required, found \(found)"
        )
    }

    /// A member has another JSON type.
    @inline(never)
    func wrongType(_ member: Member, _ payload: RawSpan, _ expected: JSONKind) -> Rejection {
        Rejection(
            reason: .wrongType,
            pointer: member.pointer,
            detail: "expected \(expected.words), found \(found(member, payload))"
        )
    }

    /// A member's value is outside the contract.
    @inline(never)
    func invalid(_ member: Member, _ payload: RawSpan, _ expected: String) -> Rejection {
        Rejection(
            reason: .invalidValue,
            pointer: member.pointer,
            detail: "expected \(expected), found \(found(member, payload))"
        )
    }

    /// The beginning of a member's value as it stands in the payload.
    func found(_ member: Member, _ payload: RawSpan) -> String {
        let field = members[member]
        let shown = Excerpt.text(payload.extracting(field.bounds))
        return switch field.kind {
        case .text: "\"\(shown)\""
        case .null, .bool: shown
        case .number: "the number \(shown)"
        case .array, .object: field.kind.words
        }
    }
}
