/// A set of codes of two or three capital letters: one word of 26 bits for each leading part.
struct LetterCodes: Sendable {
    private let rows: [UInt32]

    /// The codes of a list parted by white space, all of one length.
    init(_ list: String) {
        var rows: [UInt32] = []
        for code in list.split(whereSeparator: \.isWhitespace) {
            let letters = code.utf8.map { Int($0) - 0x41 }
            let row = letters.dropLast().reduce(0) { $0 * 26 + $1 }
            if rows.count <= row {
                rows.append(contentsOf: repeatElement(0, count: row + 1 - rows.count))
            }
            rows[row] |= 1 << UInt32(letters.last ?? 0)
        }
        self.rows = rows
    }

    @inline(__always)
    func contains(_ first: UInt8, _ second: UInt8) -> Bool {
        guard let row = Self.letter(first), let bit = Self.letter(second) else { return false }
        return has(row: row, bit: bit)
    }

    @inline(__always)
    func contains(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        guard let high = Self.letter(first), let low = Self.letter(second),
            let bit = Self.letter(third)
        else { return false }
        return has(row: high &* 26 &+ low, bit: bit)
    }

    @inline(__always)
    private func has(row: Int, bit: Int) -> Bool {
        row < rows.count && (rows[row] &>> UInt32(truncatingIfNeeded: bit)) & 1 == 1
    }

    @inline(__always)
    private static func letter(_ byte: UInt8) -> Int? {
        let index = byte &- UInt8(ascii: "A")
        return index < 26 ? Int(index) : nil
    }
}

extension LetterCodes {
    /// ISO 3166-1 alpha-2 as of 2025, with `XK` and `ZZ`.
    static let countries = LetterCodes(
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ
        BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM
        DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS
        GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
        KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ
        MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
        PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
        SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
        VN VU WF WS YE YT ZA ZM ZW XK ZZ
        """
    )

    /// ISO 4217 alpha-3 as of 2025, then the codes withdrawn since 2020.
    static let currencies = LetterCodes(
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP
        BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB
        EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD
        JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
        MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
        RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND
        TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA
        XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG
        ANG CUC HRK SLL ZWL
        """
    )
}
