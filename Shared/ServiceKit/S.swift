import ArgumentParser
import Configuration
import Hummingbird
import Logging
import CoreMetrics
import ServiceLifecycle
public enum ServiceKit0 {}
