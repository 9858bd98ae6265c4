import Bytes
import Signer

@testable import Simulator

/// A call to be signed, each part of which a test can change.
struct SignedCall {
    enum Style {
        case rpc(RPCSigner.Hash, CloudCall.Placement)
        case acs3(CloudCall.Placement)
    }

    var action: String
    var version = "2014-05-26"
    var parameters: [String: String]
    var keyId = "testid"
    var secret = "testsecret"
    var token: String?
    var nonce: String
    var time: SimulatedTime
    var format = CloudCall.Format.json
    var style = Style.rpc(.sha1, .automatic)

    /// The request as it arrives at `now`.
    func request(at now: SimulatedTime) -> SimulatedRequest {
        var signed = SignedRequest()
        let host = "ecs.test"
        guard let endpoint = Endpoint("http://\(host)") else {
            return SimulatedRequest(method: "GET", target: [], receivedAt: now)
        }
        var placement = CloudCall.Placement.automatic
        var signer: any RequestSigner = ACS3Signer()
        switch style {
        case .rpc(let hash, let place): (signer, placement) = (RPCSigner(hash), place)
        case .acs3(let place): placement = place
        }
        let call = CloudCall(
            endpoint: endpoint, action: action, version: version, format: format, placement: placement)
        var wire = WireParameters()
        for (name, value) in parameters { wire.append(name, value) }
        try? Array(nonce.utf8).withView { nonce throws(SigningError) in
            try Array(time.text.utf8).withView { time throws(SigningError) in
                try signer.sign(
                    call, &wire, with: key, stamp: RequestStamp(nonce: nonce, timestamp: time), into: &signed)
            }
        }
        var headers = [SimulatedRequest.Header("Host", host)]
        signed.forEachHeader { line in
            let parts = line.text.split(separator: ":", maxSplits: 1).map(String.init)
            if parts.count == 2 { headers.append(.init(parts[0], String(parts[1].drop { $0 == " " }))) }
        }
        return SimulatedRequest(
            method: signed.method == .get ? "GET" : "POST", target: Array(signed.url.dropFirst("http://\(host)".count)),
            headers: headers, body: signed.body, receivedAt: now)
    }

    private var key: AccessKey {
        var secret = Array(secret.utf8)
        guard let token else { return AccessKey(id: Array(keyId.utf8), secret: SecretBytes(erasing: &secret)) }
        var tokenBytes = Array(token.utf8)
        return AccessKey(
            id: Array(keyId.utf8), secret: SecretBytes(erasing: &secret), securityToken: SecretBytes(erasing: &tokenBytes))
    }
}
