import Testing

@testable import BanRules

struct NameFoldingTests {
    @Test(arguments: [
        ("WeChat Pay", "wechatpay"), ("We-Chat_PAY!", "wechatpay"), ("ＷｅＣｈａｔ　Ｐａｙ", "wechatpay"),
        ("WéChät Pãy", "wechatpay"), ("WPS Office™", "wpsoffice"), ("WPS Office®", "wpsoffice"),
        ("支付宝", "支付宝"), ("支付宝（中国）", "支付宝中国"), ("QQ钱包", "qq钱包"), ("ｑｑ钱包", "qq钱包"),
        ("Q\u{200B}Q\u{FEFF}", "qq"), ("Straße", "strasse"), ("STRAẞE", "strasse"),
        ("ﬁle", "file"),
        ("İstanbul", "istanbul"), ("ΟΔΟΣ", "οδοσ"), ("οδος", "οδοσ"), ("Alipay+", "alipay+"),
        ("Alipay＋", "alipay+"), ("ｶﾞ", "ガ"), ("か", "か"), ("が", "が"), ("한글", "한글"),
        ("हिन्दी", "हिन्दी"), ("№ 5", "no5"), ("🐧 QQ 🐧", "qq"), ("…", ""), ("", ""), ("+", "+"),
    ])
    func `only letters, digits and plus signs of a name count`(_ name: String, _ folded: String) {
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
            let fast = ASCIIFolding.lowercased(byte)
            let expected = ASCIIFolding.countsInName(fast) ? [fast] : []
            #expect(NameFolding.foldUnicode(String(UnicodeScalar(byte))) == expected, "\(byte)")
        }
    }

    @Test func `the cache gives what folding gives, also after it has overflowed`() {
        var cache = FoldedNames()
        let names = (0..<2_000).map { "Näme № \($0)" } + [String(repeating: "ä", count: 400)]
        for name in names + names.reversed() + names {
            let bytes = Array(name.utf8)
            let folded = unsafe cache.folded(bytes.span.bytes)
            #expect(folded == NameFolding.fold(name))
        }
    }
}
