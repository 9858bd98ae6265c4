/// An edge node; its API calls it a region.
struct ENSNode: Hashable, Sendable {
    let id: String
    let name: String
    let district: ENSDistrict
    let carriers: [ENSCarrier]
    let supportsIPv6: Bool

    /// The area's code: `NorthEastChina`.
    var area: String { district.ancestor(.big).areaCode }

    /// The province's name.
    var province: String { district.ancestor(.middle).name }

    /// The carrier of addresses that name none.
    var mainCarrier: ENSCarrier { carriers.first ?? .telecom }

    static let all: [ENSNode] = [
        node("cn-dalian-unicom", "大连联通", city: "dalian", [.unicom]),
        node("cn-shenyang-telecom", "沈阳电信", city: "shenyang", [.telecom]),
        node("cn-beijing-cmcc", "北京移动", city: "beijing", [.cmcc], supportsIPv6: true),
        node("cn-beijing-telecom", "北京电信", city: "beijing", [.telecom]),
        node("cn-taiyuan-telecom", "太原电信", city: "taiyuan", [.telecom]),
        node("cn-hangzhou-cmcc", "杭州移动", city: "hangzhou", [.cmcc], supportsIPv6: true),
        node("cn-taizhou-telecom_unicom_cmcc", "台州电信联通移动", city: "taizhou", [.telecom, .unicom, .cmcc]),
        node("cn-suzhou-telecom", "苏州电信", city: "suzhou", [.telecom], supportsIPv6: true),
        node("cn-wuhan-telecom", "武汉电信", city: "wuhan", [.telecom]),
        node("cn-guangzhou-10", "广州联通", city: "guangzhou", [.unicom]),
        node("cn-chengdu-telecom", "成都电信", city: "chengdu", [.telecom]),
        node("cn-chengdu-telecom-4", "成都电信四区", city: "chengdu", [.telecom], supportsIPv6: true),
        node("cn-xian-unicom", "西安联通", city: "xian", [.unicom]),
        node("cn-xian-telecom", "西安电信", city: "xian", [.telecom]),
    ]

    /// The node with this id, or nil.
    static func named(_ id: String) -> ENSNode? { byId[id] }

    private static let byId = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

    private static func node(
        _ id: String, _ name: String, city: String, _ carriers: [ENSCarrier], supportsIPv6: Bool = false
    ) -> ENSNode {
        ENSNode(id: id, name: name, district: .city(city), carriers: carriers, supportsIPv6: supportsIPv6)
    }
}
