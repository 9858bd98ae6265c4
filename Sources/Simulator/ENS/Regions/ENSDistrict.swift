/// A part of the country in which nodes are on sale: a large area, a province, a city.
struct ENSDistrict: Hashable, Sendable {
    enum Level: String, Hashable, Sendable, CaseIterable {
        case big = "Big"
        case small = "Small"
        case middle = "Middle"
    }

    let level: Level
    /// Two digits more than the district that it lies in.
    let code: String
    let name: String
    let englishName: String
    /// What nodes call the area; empty below areas.
    var areaCode = ""

    /// The code of the district that this one lies in; that of the country for an area.
    var parentCode: String { level == .big ? Self.countryCode : String(code.dropLast(2)) }

    /// The district of a level that this one lies in, itself included.
    func ancestor(_ level: Level) -> ENSDistrict {
        Self.all.first { $0.level == level && code.hasPrefix($0.code) } ?? self
    }

    static let countryCode = "100000"

    /// Areas, provinces and cities; each behind the one that it lies in.
    static let all: [ENSDistrict] = [
        area("100101", "东北", "northEast", "NorthEastChina"),
        province("10010101", "辽宁省", "liaoning"),
        city("1001010101", "大连市", "dalian"), city("1001010102", "沈阳市", "shenyang"),
        area("100102", "华北", "north", "NorthChina"),
        province("10010201", "北京市", "beijing"), city("1001020101", "北京市", "beijing"),
        province("10010202", "山西省", "shanxi"), city("1001020201", "太原市", "taiyuan"),
        area("100103", "华东", "east", "EastChina"),
        province("10010301", "浙江省", "zhejiang"),
        city("1001030101", "杭州市", "hangzhou"), city("1001030102", "台州市", "taizhou"),
        province("10010302", "江苏省", "jiangsu"), city("1001030201", "苏州市", "suzhou"),
        area("100104", "华中", "central", "CentralChina"),
        province("10010401", "湖北省", "hubei"), city("1001040101", "武汉市", "wuhan"),
        area("100105", "华南", "south", "SouthChina"),
        province("10010501", "广东省", "guangdong"), city("1001050101", "广州市", "guangzhou"),
        area("100106", "西南", "southWest", "SouthWestChina"),
        province("10010601", "四川省", "sichuan"), city("1001060101", "成都市", "chengdu"),
        area("100107", "西北", "northWest", "NorthWestChina"),
        province("10010701", "陕西省", "shaanxi"), city("1001070101", "西安市", "xian"),
    ]

    /// The city with this English name; the first district when there is none.
    static func city(_ englishName: String) -> ENSDistrict {
        all.first { $0.level == .small && $0.englishName == englishName } ?? all[0]
    }

    private static func area(_ code: String, _ name: String, _ english: String, _ areaCode: String) -> ENSDistrict {
        ENSDistrict(level: .big, code: code, name: name, englishName: english, areaCode: areaCode)
    }

    private static func province(_ code: String, _ name: String, _ english: String) -> ENSDistrict {
        ENSDistrict(level: .middle, code: code, name: name, englishName: english)
    }

    private static func city(_ code: String, _ name: String, _ english: String) -> ENSDistrict {
        ENSDistrict(level: .small, code: code, name: name, englishName: english)
    }
}
