import Testing

/// The lexer that every rule stands on.
struct SwiftSourceTests {
    @Test func `comments and strings are not tokens, interpolations are`() {
        let source = SwiftSource(
            path: "A.swift",
            text: #"""
                let a = "x // y \(b("c")) z" // d
                /* e /* f */ g */ let h = #"\(i)"#
                let j = """
                    k \(l) "m"
                    """
                func `a name`() {}
                """#
        )
        #expect(
            source.tokens.filter { $0.kind == .word }.map(\.text)
                == ["let", "a", "b", "let", "h", "let", "j", "l", "func", "`a name`"]
        )
        #expect(source.codeLines == [1, 2, 3, 4, 5, 6])
        #expect(source.comments[1] == "// d")
    }

    @Test func `functions are found with their parameters and bodies`() {
        let source = SwiftSource(
            path: "A.swift",
            text: """
                protocol P { func a(b: Int) throws(E); init(c: Int, d: [Int: Int]) }
                extension P {
                    func e<F>(_ g: (Int, Int) -> Void = { _, _ in }, h: F) async { func i() {} }
                    var j: Int { 1 }
                    var k = 5
                    subscript(l: Int) -> Int { get { 1 } }
                    deinit { x.init(m: 1) }
                }
                """
        )
        let found = source.functions.map { "\($0.name) \($0.parameterCount) \($0.body != nil)" }
        #expect(
            found == [
                "a 1 false", "init 2 false", "e 2 true", "i 0 true", "j 0 true",
                "subscript 1 true", "deinit 0 true",
            ]
        )
    }

    @Test func `a name falls apart at its capitals`() {
        #expect(NameRules.words(of: "RDKafkaUtils") == ["RD", "Kafka", "Utils"])
        #expect(NameRules.words(of: "Base64") == ["Base64"])
        #expect(NameRules.words(of: "rule-set") == ["rule", "-set"])
    }
}
