import Testing

@testable import BanRules

struct NameFoldingTests {
    @Test(arguments: [
        ("WeChat Pay", "wechat pay"), ("We-Chat_PAY!", "we chat pay"),
        ("ＷｅＣｈａｔ　Ｐａｙ", "wechat pay"), ("WéChät Pãy", "wechat pay"),
        ("WPS Office™", "wps office"), ("WPS  Office®", "wps office"),
        ("支付宝", "支付宝"), ("支付宝（中国）", "支付宝 中国"), ("QQ钱包", "qq钱包"), ("ｑｑ钱包", "qq钱包"),
        ("Q\u{200B}Q\u{FEFF}", "qq"), ("Straße", "strasse"), ("STRAẞE", "strasse"),
        ("ﬁle", "file"), ("Co., Ltd.", "co ltd"),
        ("İstanbul", "istanbul"), ("ΟΔΟΣ", "οδοσ"), ("οδος", "οδοσ"), ("Alipay+", "alipay+"),
        ("Alipay＋", "alipay+"), ("ｶﾞ", "ガ"), ("か", "か"), ("が", "が"), ("한글", "한글"),
        ("हिन्दी", "हिन्दी"), ("№ 5", "no 5"), ("🐧 QQ 🐧", "qq"), ("…", ""), ("", ""), ("+", "+"),
    ])
    func `the words of a name count`(_ name: String, _ folded: String) {
        #expect(String(decoding: NameFolding.fold(name), as: UTF8.self) == folded)
    }

    @Test func `folding twice changes nothing`() {
        // Ideographs and syllables are left out: there are many, and they fold alike.
        let ranges: [ClosedRange<UInt32>] = [
            0x80...0x33FF, 0xA640...0xABFF, 0xFB00...0xFFEF, 0x1D400...0x1D7FF, 0x1F100...0x1F1FF,
        ]
        for scalar in ranges.joined().compactMap(Unicode.Scalar.init) {
            let once = NameFolding.foldUnicode("a\(Character(scalar))b")
            let twice = NameFolding.foldUnicode(String(decoding: once, as: UTF8.self))
            if once != twice { Issue.record("U+\(String(scalar.value, radix: 16))") }
        }
    }

    @Test func `every ASCII text folds the same on the fast and on the slow path`() {
        for byte in UInt8(0x20)...0x7E {
            for text in ["\(UnicodeScalar(byte))", "a\(UnicodeScalar(byte))b"] {
                #expect(NameFolding.foldUnicode(text) == NameFolding.fold(text), "\(byte)")
            }
        }
    }

    @Test func `a name is passed over only if it is the very one that met nothing`() {
        var memory = NameMemory()
        let names = (0..<40_000).map { "Name number \($0)" }
        func places(_ name: String, _ role: UInt8) -> NameMemory.Places? {
            let bytes = Array(name.utf8)
            return unsafe memory.places(of: bytes.span.bytes, role)
        }
        func holds(_ name: String, _ role: UInt8) -> Bool {
            let bytes = Array(name.utf8)
            guard let places = places(name, role) else { return false }
            return unsafe memory.holds(bytes.span.bytes, role, at: places)
        }
        for (number, name) in names.enumerated() {
            #expect(!holds(name, 1))
            let bytes = Array(name.utf8)
            if let places = places(name, 1) {
                unsafe memory.remember(bytes.span.bytes, 1, at: places)
            }
            #expect(holds(name, 1))
            #expect(!holds(name, 2))
            if number == 2_999 {
                // So few of them nearly all stay.
                #expect(names.prefix(3_000).count(where: { holds($0, 1) }) > 2_980)
            }
        }
        #expect(names.count(where: { holds($0, 1) }) <= NameMemory.slotCount)
        #expect(places(String(repeating: "a", count: NameMemory.byteLimit + 1), 1) == nil)
        #expect(places("", 1) == nil)
    }
}
