public enum BanRules0 {}
