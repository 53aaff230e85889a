package dev.jiggety.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.document.Pages;
import dev.jiggety.model.TrustedKey.Role;
import dev.jiggety.model.rules.KeyRules;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The signatures in docs/documents are those of the private keys that RFC 8032, section 7.1
 * publishes. Where an example changes, the failure shows the signature that belongs there.
 */
class SignedExamplesTest {
  private static final SigningKey ADA =
      key(
          "ada",
          Role.OPERATOR,
          "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
          "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  private static final SigningKey MANAGER =
      key(
          "m1",
          Role.MANAGER,
          "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
          "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");

  @Test
  void theSignaturesOfTheExamplesAreRight() throws IOException {
    int patches = 0;
    for (String page : List.of("patch", "candidate", "command", "head")) {
      List<JsonObject> signed = new ArrayList<>();
      Pages.examples(page).forEach(example -> collect(example, signed));
      assertThat(signed).as(page).isNotEmpty();
      for (JsonObject document : signed) {
        SigningKey key = page.equals("head") ? MANAGER : ADA;
        assertThat(document).isEqualTo(Signatures.sign(document, key));
        patches++;
      }
    }
    assertThat(patches).isEqualTo(5);
  }

  @Test
  void theDocumentedKeysAreThose() throws IOException {
    assertThat(Pages.examples("key"))
        .extracting(example -> example.get("_id").getAsString())
        .containsExactly("key:" + ADA.trusted().id(), "key:" + MANAGER.trusted().id());
    assertThat(Pages.text("key"))
        .contains(KeyFile.line(ADA.trusted()), KeyFile.line(MANAGER.trusted()));
  }

  private static void collect(JsonElement json, List<JsonObject> signed) {
    if (json instanceof JsonObject object) {
      if (object.has(Signatures.MEMBER)) {
        signed.add(object);
      }
      object.asMap().values().forEach(member -> collect(member, signed));
    } else if (json instanceof JsonArray array) {
      array.forEach(item -> collect(item, signed));
    }
  }

  private static SigningKey key(String name, Role role, String secret, String open) {
    HexFormat hex = HexFormat.of();
    try {
      byte[] pkcs8 = hex.parseHex("302e020100300506032b657004220420" + secret);
      SigningKey key =
          SigningKey.of(
              name,
              role,
              OpenKeys.of(Base64.getEncoder().encodeToString(hex.parseHex(open))),
              KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
      assertThat(key.trusted().id()).isEqualTo(KeyRules.id(hex.parseHex(open)));
      assertThat(key.isWhole()).isTrue();
      return key;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
