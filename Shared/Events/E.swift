public enum Events0 {}
