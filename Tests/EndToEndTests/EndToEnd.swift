import TestSupport
import Testing

/// Everything below runs the real programs, one test after the other: they share two cores.
@Suite(.serialized, .enabled(if: TestCluster.isThere), .tags(.broker))
struct EndToEnd {}
