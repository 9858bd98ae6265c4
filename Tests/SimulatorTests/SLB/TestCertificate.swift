/// Made with `openssl req -x509`: www.example.com with two alternative names.
enum TestCertificate {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIB7zCCAZagAwIBAgIUc9T7oAGV5HBYpxluML8fmUu4MLEwCgYIKoZIzj0EAwIw
        OTELMAkGA1UEBhMCQ04xEDAOBgNVBAoMB0V4YW1wbGUxGDAWBgNVBAMMD3d3dy5l
        eGFtcGxlLmNvbTAeFw0yNjExMjgwMDAzNTBaFw0yOTAyMDUwMDAzNTBaMDkxCzAJ
        BgNVBAYTAkNOMRAwDgYDVQQKDAdFeGFtcGxlMRgwFgYDVQQDDA93d3cuZXhhbXBs
        ZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARS6QZRpLExjfLBICVoc/1+
        MPwkXUGNhzWUeVdnhjN8giPfvOUKDs0IoJ28/p7N3ThSAdFdtPvPKtjFLzRt1Tsm
        o3wwejAdBgNVHQ4EFgQU0ziXFa4IyJJY6VYT7g2FfZCl6VowHwYDVR0jBBgwFoAU
        0ziXFa4IyJJY6VYT7g2FfZCl6VowDwYDVR0TAQH/BAUwAwEB/zAnBgNVHREEIDAe
        gg93d3cuZXhhbXBsZS5jb22CC2V4YW1wbGUuY29tMAoGCCqGSM49BAMCA0cAMEQC
        IEJ2LYMIyijumSB6psam4k/ln2S6shRCIooaXL9Dwhp1AiB6C8dh5r9BWTb6p6Ah
        Br6BozG3D1shHY82MYrWE4ncOA==
        -----END CERTIFICATE-----
        """

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgJwS+//9gfSnjHHzs
        /shgaztuCbZsPolOLNrvOPLiYEuhRANCAARS6QZRpLExjfLBICVoc/1+MPwkXUGN
        hzWUeVdnhjN8giPfvOUKDs0IoJ28/p7N3ThSAdFdtPvPKtjFLzRt1Tsm
        -----END PRIVATE KEY-----
        """

    /// By `openssl x509 -fingerprint -sha1`.
    static let fingerprint = "ae:26:4c:06:23:e9:6e:44:40:fe:f9:b4:96:9a:83:41:ab:76:37:c2"
}
