extension VPC {
    /// The errors that every action of the product can answer with (VPC API reference, common errors).
    static let commonErrors: [ErrorBook.Row] = documented + missing + ErrorBook.platform(without: absentCodes)

    private static let absentCodes: Set<String> = [
        "InvalidParameter.IsNull", "InvalidParameter.OwnerAccount", "InvalidParameter.ResourceOwnerAccount", "UnknownError",
        "Forbidden.Unauthorized", "InvalidAccount.NotFound", "InvalidDiskId.NotFound", "InvalidImageId.NotFound",
        "InvalidInstanceId.NotFound", "InvalidSecurityGroupId.NotFound", "InvalidSnapshotId.NotFound", "OperationConflict",
        "ServiceUnavailable.RegionMaintaining",
    ]

    private static let documented: [ErrorBook.Row] = [
        .init(
            400, "MissingParameter",
            "The input parameter \"Action\" that is mandatory for processing this request is not supplied"),
        .init(
            400, "MissingParameter",
            "An input parameter \"Signature\" that is mandatory for processing the request is not supplied."),
        .init(
            400, "MissingParameter",
            "The input parameter \"TimeStamp\" that is mandatory for processing this request is not supplied"),
        .init(
            400, "MissingParameter",
            "The input parameter \"Version\" that is mandatory for processing this request is not supplied"),
        .init(400, "InvalidAccessKeyId.NotFound", "The Access Key ID provided does not exist in our records."),
        .init(400, "Throttling", "Request was denied due to request throttling."),
        .init(400, "UnsupportedParameter", "The parameter is not supported."),
        .init(
            404, "Forbidden.InstanceNotFound",
            "The specified Instance is not found, so we can't get enough information to check permission in RAM."),
        .init(
            404, "Forbidden.DiskNotFound",
            "The specified Disk is not found, so we can't get enough information to check permission in RAM."),
        .init(
            404, "Forbidden.SecurityGroupNotFound",
            "The specified SecurityGroup is not found, so we can't get enough information to check permission in RAM."),
        .init(
            404, "Forbidden.SnapshotNotFound",
            "The specified Snapshot is not found, so we can't get enough information to check permission in RAM."),
        .init(
            404, "Forbidden.ImageNotFound",
            "The specified Image is not found, so we cann't get enough information to check permission in RAM."),
        .init(
            403, "Forbidden.RAM",
            "User not authorized to operate the specified resource, or this API doesn't support RAM."),
        .init(
            400, "IdempotentParameterMismatch",
            "Request uses a client token in a previous request but is not identical to that request."),
        .init(403, "InvalidIdempotenceParameter.Mismatch", "The specified parameters are different from before"),
        .init(403, "LastTokenProcessing", "The last token request is processing"),
        .init(400, "InvalidParameter", "The specified parameter is not valid"),
    ]

    /// What some actions document for their sisters that have the same rule without a row for it; and last, in the cloud's
    /// own words, what stands in the way where the reference is silent.
    private static let missing: [ErrorBook.Row] = [
        .init(404, "InvalidRegionId.NotFound", "The RegionId provided does not exist in our records."),
        .init(404, "Forbidden.RegionNotFound", "Specified region is not found during access authentication."),
        .init(404, "InvalidVpcId.NotFound", "Specified VPC does not exist."),
        .init(404, "InvalidVSwitchId.NotFound", "The specified virtual switch does not exists."),
        .init(404, "InvalidAllocationId.NotFound", "Specified allocation ID is not found."),
        .init(404, "InvalidNatGatewayId.NotFound", "Specified value of NatGatewayId is not found in our record."),
        .init(
            404, "InvalidBandwidthPackageId.NotFound",
            "Specified value of BandwidthPackageId is not found in our record."),
        .init(404, "InvalidSnatTableId.NotFound", "Specified SNAT table does not exist."),
        .init(400, "VpnGateway.Configuring", "The specified service is configuring"),
        .init(404, "InvalidVpnConnectionId.NotFound", "Specified vpn connection id is not found"),
        .init(
            404, "InvalidPhysicalConnectionId.NotFound",
            "The PhysicalConnectionId provided does not exist in our records."),
        .init(404, "InvalidRouteEntry.NotFound", "The specified route entry does not exist."),
        .init(400, "DependencyViolation.EIPS", "There are EIPs on specified NatGateway not deleted."),
        .init(400, "Forbidden.IpUsedInForwardTable", "The specified SnatIp already used in forward table"),
        .init(400, "InvalidIpStatus.HasBeenUsedBySnatTable", "The specified IP has been used by an SNAT table."),
        .init(400, "InvalidIpStatus.HasBeenUsedByForwardEntry", "The specified IP has been used by a forward entry."),
    ]
}
