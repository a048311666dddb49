/// The eight applications that Executive Order 13971 names, in the order of their ids.
enum OrderTarget: Int, Sendable, CaseIterable {
    case alipay, camscanner, qqWallet, shareit, tencentQQ, vmate, weChatPay, wpsOffice

    /// The target's id in the shipped directive.
    var id: String {
        switch self {
        case .alipay: "alipay"
        case .camscanner: "camscanner"
        case .qqWallet: "qq-wallet"
        case .shareit: "shareit"
        case .tencentQQ: "tencent-qq"
        case .vmate: "vmate"
        case .weChatPay: "wechat-pay"
        case .wpsOffice: "wps-office"
        }
    }

    /// The name that the order gives it.
    var title: String {
        switch self {
        case .alipay: "Alipay"
        case .camscanner: "CamScanner"
        case .qqWallet: "QQ Wallet"
        case .shareit: "SHAREit"
        case .tencentQQ: "Tencent QQ"
        case .vmate: "VMate"
        case .weChatPay: "WeChat Pay"
        case .wpsOffice: "WPS Office"
        }
    }

    /// First-time downloads in the United States in 2020 from both stores, as the press had them
    /// from Sensor Tower; nil for the apps without a figure.
    var pressFigure: Int? {
        switch self {
        case .alipay: 207_000
        case .camscanner: 4_400_000
        case .wpsOffice: 563_000
        default: nil
        }
    }

    /// First-time downloads in the United States in 2020 in the full stream.
    ///
    /// Where the press had no figure it is invented; QQ Wallet and WeChat Pay are parts of other
    /// apps and have no downloads.
    var downloadsOf2020: Int {
        switch self {
        case .shareit: 60_000
        case .tencentQQ: 45_000
        case .vmate: 18_000
        case .qqWallet, .weChatPay: 0
        case .alipay, .camscanner, .wpsOffice: pressFigure ?? 0
        }
    }
}
