/// Names of regions and zones in the languages that callers ask for: Chinese, which is the default, and English, which
/// stands in for all others.
enum RegionNames {
    /// The name of a region in a language (`zh-CN`, `en-US` …; nil for the default).
    static func name(_ region: Region, _ language: String?) -> String {
        isChinese(language) ? chinese[region.id] ?? region.localName : region.localName
    }

    /// The name of a zone: `Hangzhou Zone H`.
    static func name(ofZone zoneId: String, in region: Region, _ language: String?) -> String {
        let letter = zoneId.suffix(1).uppercased()
        let whole = name(region, language)
        // The city stands in brackets behind the country or the larger area.
        let city = whole.split { "()（）".contains($0) }.last.map(String.init) ?? whole
        return isChinese(language) ? "\(city) 可用区\(letter)" : "\(city) Zone \(letter)"
    }

    private static func isChinese(_ language: String?) -> Bool { language?.hasPrefix("zh") ?? true }

    private static let chinese = [
        "cn-qingdao": "华北1（青岛）", "cn-beijing": "华北2（北京）", "cn-zhangjiakou": "华北3（张家口）",
        "cn-huhehaote": "华北5（呼和浩特）", "cn-hangzhou": "华东1（杭州）", "cn-shanghai": "华东2（上海）",
        "cn-shenzhen": "华南1（深圳）", "cn-hongkong": "中国香港", "ap-southeast-1": "新加坡",
        "ap-southeast-5": "印度尼西亚（雅加达）", "ap-northeast-1": "日本（东京）", "eu-central-1": "德国（法兰克福）",
        "us-west-1": "美国（硅谷）", "us-east-1": "美国（弗吉尼亚）", "me-east-1": "阿联酋（迪拜）",
    ]
}
