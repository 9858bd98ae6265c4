/// An authority and its empty list of revocations, valid for a century.
enum SamplePEM {
    static let authority = """
        -----BEGIN CERTIFICATE-----
        MIIBiTCCAS+gAwIBAgIUNLj2509uy7D0VclnGjf0NsvHAq4wCgYIKoZIzj0EAwIw
        GTEXMBUGA1UEAwwOdGVzdC1hdXRob3JpdHkwIBcNMjYxMTI3MjM0NTMxWhgPMjEy
        NjExMDMyMzQ1MzFaMBkxFzAVBgNVBAMMDnRlc3QtYXV0aG9yaXR5MFkwEwYHKoZI
        zj0CAQYIKoZIzj0DAQcDQgAE0+2o9GV70hhkYL2UP4bN67RniSupAfteqxv7IVHB
        l/SJlpl1jfN5UEy8kZ3fiAzcVkEXF78zlmvFsnO4XEh+g6NTMFEwHQYDVR0OBBYE
        FG1dgaT9/Ujosd5LDwiQ3v0FaXzQMB8GA1UdIwQYMBaAFG1dgaT9/Ujosd5LDwiQ
        3v0FaXzQMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgIAh0DoJW
        /3po/fHsOk6XsfC2lQuoo6qQhzfA7b++5Y8CIQCb0xey8K/wbNvJRCIyMF4zQAwC
        8rOKPPw4eH43Rn2ohw==
        -----END CERTIFICATE-----

        """

    static let revocations = """
        -----BEGIN X509 CRL-----
        MIGyMFoCAQEwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOdGVzdC1hdXRob3JpdHkX
        DTI2MTEyNzIzNDUzMVoYDzIxMjYxMTAzMjM0NTMxWqAOMAwwCgYDVR0UBAMCAQEw
        CgYIKoZIzj0EAwIDSAAwRQIgTwDyOQWxZM5Df/0OOmQ/rKDdC1+gv9JR+8H7IUiA
        wdICIQCamA/kA6rmMX3IWpNDjBz15JJplTzrYCiaKXvwWZc8uA==
        -----END X509 CRL-----

        """
}
