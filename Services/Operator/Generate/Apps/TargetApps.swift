/// The six apps of the order that have a listing of their own in a store.
///
/// Only identifiers that are certain. The bundle ids of CamScanner and WPS Office are not, so
/// Apple's feeds know these two by number alone.
enum TargetApps {
    static let all: [DemoApp] = [
        DemoApp(
            name: OrderTarget.alipay.title,
            listings: [
                .apple("com.alipay.iphoneclient", "333206289", share: 380),
                .appleSales("333206289", share: 240),
                .google("com.eg.android.AlipayGphone", share: 380),
            ],
            rhythm: .leisure,
            target: .alipay
        ),
        DemoApp(
            name: OrderTarget.camscanner.title,
            publisher: "INTSIG PTE",
            listings: [
                .appleSales("388627783", share: 600), .google("com.intsig.camscanner", share: 400),
            ],
            rhythm: .work,
            target: .camscanner
        ),
        DemoApp(
            name: OrderTarget.shareit.title,
            listings: [
                .apple("com.lenovo.anyshare", "725215120", share: 250),
                .google("com.lenovo.anyshare.gps", share: 750),
            ],
            rhythm: .leisure,
            target: .shareit
        ),
        DemoApp(
            name: OrderTarget.tencentQQ.title,
            listings: [
                .apple("com.tencent.mqq", "444934666", share: 550),
                .google("com.tencent.mobileqq", share: 450),
            ],
            rhythm: .leisure,
            target: .tencentQQ
        ),
        DemoApp(
            name: OrderTarget.vmate.title,
            listings: [.google("com.uc.vmate", share: 1000)],
            rhythm: .leisure,
            target: .vmate
        ),
        DemoApp(
            name: OrderTarget.wpsOffice.title,
            publisher: "WPS SOFTWARE PTE. LTD.",
            listings: [
                .appleSales("1491101673", share: 520), .google("cn.wps.moffice_eng", share: 480),
            ],
            rhythm: .work,
            target: .wpsOffice
        ),
    ]
}
