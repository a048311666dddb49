import Testing

@testable import ServiceKit

@Suite struct TerminalTests {
    @Test func `columns are aligned, numbers on the right`() {
        var table = TextTable([.text("App"), .number("Downloads"), .text("State")])
        table.append(["Alipay", grouped(207_000), "pending"])
        table.append(["CamScanner", grouped(4_400_000)])
        #expect(
            table.text() == """
                App         Downloads  State
                Alipay        207,000  pending
                CamScanner  4,400,000

                """
        )
    }

    @Test func `wide characters take two columns`() {
        var table = TextTable([.text("Name"), .number("n")])
        table.append(["支付宝", "1"])
        table.append(["WeChat", "22"])
        #expect(table.text() == "Name     n\n支付宝   1\nWeChat  22\n")
    }

    @Test func `a line that is too long ends in an ellipsis`() {
        var table = TextTable([.text(""), .text("")])
        table.append(["支付宝", "abcdef"])
        #expect(table.text(widthLimit: 9) == "支付宝  …\n")
        #expect(table.text(widthLimit: 14) == "支付宝  abcdef\n")
    }

    @Test(arguments: [("abc", 3), ("支付", 4), ("e\u{301}", 1), ("한글", 4), ("ｱ", 1), ("", 0)])
    func `display width`(text: String, width: Int) {
        #expect(displayWidth(text) == width)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567"),
        (Int64.min, "-9,223,372,036,854,775,808"),
    ])
    func `thousands are grouped`(number: Int64, text: String) {
        #expect(grouped(number) == text)
    }

    @Test(arguments: [
        (Duration.milliseconds(7), "7ms"), (.milliseconds(4_250), "4.2s"), (.seconds(42), "42s"),
        (.milliseconds(59_700), "1m00s"), (.seconds(80), "1m20s"), (.seconds(7_500), "2h05m"),
    ])
    func `durations for people`(duration: Duration, text: String) {
        #expect(spokenDuration(duration) == text)
    }

    @Test func `progress tells share, rate and time left`() {
        let line = ProgressLine(
            done: 250,
            total: 1_000,
            items: 50_000,
            noun: "events",
            elapsed: .seconds(10)
        )
        #expect(line.text == " 25%  50,000 events  5,000/s  30s left")
        #expect(line.timeLeft == .seconds(30))
    }

    @Test func `progress without a known end tells no time left`() {
        let line = ProgressLine(
            done: 250,
            total: nil,
            items: 3,
            noun: "events",
            elapsed: .seconds(1)
        )
        #expect(line.text == "3 events  3/s")
    }

    @Test func `progress at the very start divides by nothing`() {
        let line = ProgressLine(done: 0, total: 0, items: 0, noun: "events", elapsed: .zero)
        #expect(line.text == "0 events  0/s")
    }
}
