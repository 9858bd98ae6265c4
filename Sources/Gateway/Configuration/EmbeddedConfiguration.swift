import Auth
import Bytes

/// The configuration that serves without a file: the simulated cloud as the account `sandbox`, a private one as the account
/// `private`, and three principals with tokens that are made here and nowhere else known.
///
/// | principal | may |
/// | --- | --- |
/// | `admin` | everything |
/// | `operator` | everything of ECS, except what ends or gives away kept data: deleting images and snapshots, sharing images |
/// | `viewer` | look, except at what lets one in: console passwords and addresses, user data |
public struct EmbeddedConfiguration: ~Copyable {
    public let configuration: Configuration
    private let administrator = Token()
    private let `operator` = Token()
    private let viewer = Token()

    public init() {
        var configuration = Configuration()
        var privateCloud = Configuration.Account(
            name: "private", accountID: "1098765432109876", region: "cn-qingdao-sg-d01", upstream: .simulated)
        privateCloud.dialect = .apsara
        privateCloud.isDefault = false
        configuration.accounts = [
            Configuration.Account(
                name: "sandbox", accountID: "1234567890123456", region: "cn-hangzhou", upstream: .simulated),
            privateCloud,
        ]
        let principals = [
            ("admin", administrator.hash, "AdministratorAccess"), ("operator", `operator`.hash, "ecs-operators"),
            ("viewer", viewer.hash, "read-only"),
        ]
        configuration.principals = principals.map { name, hash, policy in
            Configuration.Principal(name: name, tokens: [.init(hash: hash)], policies: [policy])
        }
        for (name, text) in [("ecs-operators", Self.operatorPolicy), ("read-only", Self.viewerPolicy)] {
            configuration.policies[name] = try? PolicyDocument(parsing: text.view, name: name)
        }
        configuration.policies["AdministratorAccess"] = SystemPolicies.document(named: "AdministratorAccess")
        self.configuration = configuration
    }

    /// Calls `body` with each principal's name and token. The view is valid during the call only.
    public borrowing func forEachToken(_ body: (String, ByteView) -> Void) {
        administrator.withBytes { body("admin", $0) }
        `operator`.withBytes { body("operator", $0) }
        viewer.withBytes { body("viewer", $0) }
    }

    /// `deploy/policies/ecs-operators.json`
    static let operatorPolicy: StaticString = """
        {
          "Version": "1",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": ["ecs:*", "vpc:Describe*"],
              "Resource": "*"
            },
            {
              "Effect": "Deny",
              "Action": ["ecs:DeleteImage", "ecs:DeleteSnapshot", "ecs:ModifyImageSharePermission"],
              "Resource": "*"
            }
          ]
        }

        """

    /// `deploy/policies/read-only.json`
    static let viewerPolicy: StaticString = """
        {
          "Version": "1",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": ["*:Describe*", "*:List*", "*:Get*", "ecs:query_*"],
              "Resource": "*"
            },
            {
              "Effect": "Deny",
              "Action": ["ecs:DescribeInstanceVncPasswd", "ecs:DescribeInstanceVncUrl", "ecs:DescribeUserData"],
              "Resource": "*"
            }
          ]
        }

        """
}
