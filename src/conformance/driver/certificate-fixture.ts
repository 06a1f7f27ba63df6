/** A certificate for localhost that signs itself, and its key; for tests of the driver alone. Valid for a century. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUQR3cRcDbPU42Z7HVtz+HV8zhcIEwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTEzMDYwOFoYDzIxMjYxMTAx
MTMwNjA4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQ+swUs0h9c4Sdzpl/YEW9q09FqO9Pc4FHDiLhHg+qGoWohtMgh38Kj
zKhjP8sLwFpTYDGdxraiXOEogMvIMnbbo28wbTAdBgNVHQ4EFgQUtAh1qEZxJQ2o
0RLKoYpH6YA2BbAwHwYDVR0jBBgwFoAUtAh1qEZxJQ2o0RLKoYpH6YA2BbAwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgFcW77LegfebULnV2SQ7D+xjfzzc4a2IqB+oioFJJNDICIGIr
8vwPajqpUJ9UC4foX7ljUOX5L/t6QbRR1Cvqy1iJ
-----END CERTIFICATE-----`;

/** The key of {@link certificate}. */
export const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2fgZ1QLsmemwqKvA
MfxDYpThdvc4X6pA58ekGv9nGjOhRANCAAQ+swUs0h9c4Sdzpl/YEW9q09FqO9Pc
4FHDiLhHg+qGoWohtMgh38KjzKhjP8sLwFpTYDGdxraiXOEogMvIMnbb
-----END PRIVATE KEY-----`;
