package dev.jiggety.signing;

import dev.jiggety.model.TrustedKey.Role;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The private keys that RFC 8032, section 7.1 publishes: for examples, and where a test has to go
 * the same way each time.
 */
public final class PublishedKeys {
  /** An operator's. */
  public static final SigningKey ADA =
      key(
          "ada",
          Role.OPERATOR,
          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

  /** A manager's. */
  public static final SigningKey MANAGER =
      key(
          "m1",
          Role.MANAGER,
          "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

  private PublishedKeys() {}

  private static SigningKey key(String name, Role role, String secret, String open) {
    HexFormat hex = HexFormat.of();
    try {
      byte[] pkcs8 = hex.parseHex("302e020100300506032b657004220420" + secret);
      return SigningKey.of(
          name,
          role,
          OpenKeys.of(Base64.getEncoder().encodeToString(hex.parseHex(open))),
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
