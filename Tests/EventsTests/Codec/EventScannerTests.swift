import Testing

@testable import Events

@Suite struct EventScannerTests {
    @Test func `a download gives all its parts`() throws {
        let text = Draft.download
            .setting("/subject", #""com.example""#).setting("/partitionkey", #""p""#)
            .setting("/dataschema", #""https://example.org/s""#)
            .setting("/datacontenttype", #""application/json""#)
            .setting("/data/storeAppId", #""12345""#).setting("/data/units", "-3")
            .setting("/data/acquisition", #""update""#)
            .setting("/data/periodEnd", #""2020-03-02T12:34:56.789Z""#)
            .setting("/data/deviceClass", #"{"x":[1,true]}"#).text
        let scan = try Scan(text)
        let event = scan.event
        #expect(event.type == .appDownload)
        #expect(scan[event.id] == "e-1")
        #expect(scan[event.source] == "shop/eu")
        #expect(scan[event.subject] == "com.example")
        #expect(scan[event.partitionKey] == "p")
        #expect(event.time.description == "2020-03-01T12:34:56.789Z")
        #expect(event.periodEnd?.description == "2020-03-02T12:34:56.789Z")
        #expect(scan[event.store] == "google")
        #expect(scan[event.appID] == "com.example.app")
        #expect(scan[event.storeAppID] == "12345")
        #expect(scan[event.appName] == "Example")
        #expect(scan[event.publisher] == "Example Ltd")
        #expect(event.country == CountryCode("US"))
        #expect(event.acquisition == .update)
        #expect(event.units == -3)
        #expect(event.status == nil)
        #expect(event.amount.isAbsent)
        #expect(scan[event.data].hasPrefix(#"{"store":"google""#))
        #expect(scan[event.data].hasSuffix(#""deviceClass":{"x":[1,true]}}"#))
        #expect(scan[event.whole] == text)
    }

    @Test func `a purchase gives all its parts`() throws {
        let scan = try Scan(
            Draft.purchase
                .setting("/data/transactionId", #""t""#).setting("/data/status", #""refunded""#)
                .setting("/data/product", #""gems""#).setting("/data/paymentMethod", #""alipay""#)
                .text
        )
        let event = scan.event
        #expect(event.type == .appPurchase)
        #expect(scan[event.storeAppID] == "414478124")
        #expect(event.appID.isAbsent)
        #expect(scan[event.transactionID] == "t")
        #expect(event.status == .refunded)
        #expect(scan[event.product] == "gems")
        #expect(scan[event.paymentMethod] == "alipay")
        #expect(scan[event.amount] == "0.99")
        #expect(event.currency == CurrencyCode("EUR"))
        #expect(event.country == CountryCode("PR"))
        #expect(try Scan(Draft.purchase.text).event.status == nil)
    }

    @Test func `a payment gives all its parts`() throws {
        let scan = try Scan(
            Draft.payment
                .setting("/data/vendorStatus", #""AUTH""#).setting("/data/payeeCountry", #""ZZ""#)
                .setting("/data/merchantId", #""m""#).setting("/data/merchantName", #""Shop""#)
                .setting("/data/counterpartyName", #""支付宝""#)
                .setting("/data/counterpartyAppId", #""com.tencent.mm""#).text
        )
        let event = scan.event
        #expect(event.type == .paymentTransaction)
        #expect(scan[event.transactionID] == "t_1")
        #expect(scan[event.paymentMethod] == "card")
        #expect(scan[event.amount] == "12.50")
        #expect(event.currency == CurrencyCode("USD"))
        #expect(event.status == .captured)
        #expect(scan[event.vendorStatus] == "AUTH")
        #expect(event.payerCountry == CountryCode("US"))
        #expect(event.payeeCountry == .unknown)
        #expect(scan[event.merchantID] == "m")
        #expect(scan[event.merchantName] == "Shop")
        #expect(scan[event.counterpartyName] == "支付宝")
        #expect(scan[event.counterpartyAppID] == "com.tencent.mm")
        #expect(event.units == 1)
    }

    @Test(arguments: EventType.allCases)
    func `members come in any order, type and data too`(type: EventType) throws {
        let draft = Draft.of(type)
        let expected = try Scan(draft.text)
        var mixed = draft
        mixed.data.reverse()
        mixed.attributes.reverse()
        // As an attribute of the draft the data may stand before the type.
        let data = String(mixed.text.split(separator: "\"data\":", maxSplits: 1)[1].dropLast())
        mixed.attributes.insert(("data", data), at: 1)
        let scan = try Scan(mixed.text)
        #expect(scan.event.type == type)
        #expect(scan[scan.event.id] == expected[expected.event.id])
        #expect(scan[scan.event.appID] == expected[expected.event.appID])
        #expect(scan[scan.event.amount] == expected[expected.event.amount])
        #expect(scan.event.country == expected.event.country)
    }

    @Test func `absent and null optional members are the same`() throws {
        let scan = try Scan(
            Draft.download
                .setting("/subject", "null").setting("/partitionkey", "null")
                .setting("/datacontenttype", "null").setting("/dataschema", "null")
                .setting("/data_base64", "null").setting("/data/appName", "null")
                .setting("/data/publisher", "null").setting("/data/storeAppId", "null")
                .setting("/data/acquisition", "null").setting("/data/units", "null")
                .setting("/data/periodEnd", "null").text
        )
        #expect(scan.event.subject.isAbsent)
        #expect(scan.event.appName.isAbsent)
        #expect(scan[scan.event.appName] == "")
        #expect(scan.event.acquisition == .firstTime)
        #expect(scan.event.units == 1)
        #expect(scan.event.periodEnd == nil)
    }

    @Test func `members of another type and unknown ones pass through unread`() throws {
        let scan = try Scan(
            Draft.download
                .setting("/data/amount", "17").adding("/data/amount", "null")
                .setting("/data/vendorStatus", "[]").setting("/data/x", #""\u0000""#)
                .adding("/data/x", "1e400").setting("/sequence", "5").adding("/sequence", "6")
                .setting("/store", "0").text
        )
        #expect(scan.event.amount.isAbsent)
        #expect(scan[scan.event.store] == "google")
    }

    @Test func `escapes in names and texts are decoded`() throws {
        let scan = try Scan(
            #"{"specversion":"1\u002e0","\u0069d":"a\"\\\/\ud83d\ude00","source":"s","#
                + #""ty\u0070e":"cordon.app.downloa\u0064","time":"2020-03-01T12:34:56\u005a","#
                + #""\u0064ata":{"store":"\u0061pple","appI\u0064":"com\u002eexample","#
                + #""storeAppId":"\u0031","appName":"\u652f付宝","country":"\u0055S","#
                + #""acquisition":"re\u0064ownload","units":2}}"#
        )
        #expect(scan[scan.event.id] == "a\"\\/😀")
        #expect(scan[scan.event.store] == "apple")
        #expect(scan[scan.event.appID] == "com.example")
        #expect(scan[scan.event.storeAppID] == "1")
        #expect(scan[scan.event.appName] == "支付宝")
        #expect(scan.event.country == CountryCode("US"))
        #expect(scan.event.acquisition == .redownload)
        #expect(scan.event.time.description == "2020-03-01T12:34:56Z")
        #expect(scan.event.appName.byteCount == 9)
    }

    @Test func `white space of RFC 8259 may stand everywhere between tokens`() throws {
        let blank = " \t\r\n"
        var text = ""
        var isText = false
        for character in Draft.payment.text {
            if character == "\"" { isText.toggle() }
            let isToken = !isText && "{}:,".contains(character)
            text += isToken ? "\(blank)\(character)\(blank)" : "\(character)"
        }
        let scan = try Scan(text)
        #expect(scan[scan.event.amount] == "12.50")
        #expect(scan[scan.event.whole].hasPrefix("{"))
        #expect(scan[scan.event.whole].hasSuffix("}"))
        #expect(scan.event.whole.lowerBound == 4)
    }

    @Test func `a scanner is used again without traces of the last event`() throws {
        var scanner = EventScanner()
        let full = Array(
            Draft.payment.setting("/subject", #""\u0061""#)
                .setting("/data/merchantName", #""\u0062""#).text.utf8
        )
        let bare = Array(Draft.payment.removing("/data/payerCountry").text.utf8)
        let broken = Array("{\"id\":\"x\",\"subject\":\"y\"".utf8)
        for _ in 0..<3 {
            let event = unsafe try scanner.scan(full.span.bytes)
            #expect(unsafe scanner.string(event.subject, in: full.span.bytes) == "a")
            #expect(unsafe scanner.string(event.merchantName, in: full.span.bytes) == "b")
            let isRefused: Bool
            do throws(Rejection) {
                _ = unsafe try scanner.scan(broken.span.bytes)
                isRefused = false
            } catch {
                isRefused = true
            }
            #expect(isRefused)
            let next = unsafe try scanner.scan(bare.span.bytes)
            #expect(next.subject.isAbsent && next.merchantName.isAbsent)
            #expect(next.payerCountry == nil)
        }
    }

    @Test func `values at their limits are accepted`() throws {
        let slug = "a" + String(repeating: "-", count: 63)
        let appID = String(repeating: "~", count: 255)
        let name = String(repeating: "é", count: 2048)
        let download = try Scan(
            Draft.download.setting("/data/store", "\"\(slug)\"")
                .setting("/data/appId", "\"\(appID)\"").setting("/data/appName", "\"\(name)\"")
                .setting("/data/storeAppId", #""00000000000000000000""#)
                .setting("/data/units", "9007199254740991").text
        )
        #expect(download.event.units == EventLimits.unitsLimit)
        #expect(download[download.event.appName] == name)
        #expect(
            try Scan(Draft.download.setting("/data/units", "-9007199254740991").text)
                .event.units == -EventLimits.unitsLimit
        )
        let depth = EventLimits.depthLimit - 2
        let deep = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        _ = try Scan(Draft.download.setting("/data/x", deep).text)
        var bytes = Array(Draft.download.text.utf8)
        bytes += [UInt8](repeating: 0x20, count: EventLimits.eventByteLimit - bytes.count)
        #expect(rejection(of: bytes) == nil)
        #expect(rejection(of: bytes + [0x20])?.reason == .tooLarge)
    }
}
