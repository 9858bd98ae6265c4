-- What a gateway made of nginx and Lua does for one call: check the caller's token, build the RPC parameters, sign, hand on.
-- It validates nothing, decides no policy, reshapes nothing and caches nothing.
local function encode(text)
    return (ngx.re.gsub(ngx.escape_uri(text, 2), [=[[!'()*]]=], function(found)
        return string.format("%%%02X", string.byte(found[0]))
    end, "jo"))
end

if ngx.var.http_authorization ~= "Bearer " .. token then
    return ngx.exit(401)
end

counter = counter + 1
local parameters = {
    AccessKeyId = "bench", Action = "DescribeInstances", Format = "JSON", RegionId = "cn-hangzhou",
    SignatureMethod = "HMAC-SHA1", SignatureNonce = nonce_prefix .. counter, SignatureVersion = "1.0",
    Timestamp = os.date("!%Y-%m-%dT%H:%M:%SZ", ngx.time()), Version = "2014-05-26",
}
local query = ngx.req.get_uri_args()
if query.instanceName then parameters.InstanceName = query.instanceName end

local names = {}
for name in pairs(parameters) do names[#names + 1] = name end
table.sort(names)
for index, name in ipairs(names) do names[index] = encode(name) .. "=" .. encode(parameters[name]) end
local canonical = table.concat(names, "&")
local signature = ngx.encode_base64(ngx.hmac_sha1(secret .. "&", "GET&%2F&" .. encode(canonical)))
ngx.var.signed = "/?" .. canonical .. "&Signature=" .. encode(signature)
