package dev.jiggety.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.document.Pages;
import dev.jiggety.model.rules.KeyRules;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The signatures in docs/documents are those of the {@link PublishedKeys}. Where an example
 * changes, the failure shows the signature that belongs there.
 */
class SignedExamplesTest {
  private static final SigningKey ADA = PublishedKeys.ADA;
  private static final SigningKey MANAGER = PublishedKeys.MANAGER;

  /** The pages of what managers sign. */
  private static final Set<String> MANAGERS = Set.of("head", "admission", "member");

  @Test
  void theKeysAreWhole() {
    for (SigningKey key : List.of(ADA, MANAGER)) {
      byte[] raw = Base64.getDecoder().decode(key.trusted().key());
      assertThat(key.trusted().id()).isEqualTo(KeyRules.id(raw));
      assertThat(key.isWhole()).isTrue();
    }
  }

  @Test
  void theSignaturesOfTheExamplesAreRight() throws IOException {
    int patches = 0;
    for (String page :
        List.of(
            "patch",
            "candidate",
            "command",
            "trial",
            "head",
            "invitation",
            "admission",
            "member",
            "dismissal")) {
      List<JsonObject> signed = new ArrayList<>();
      Pages.examples(page).forEach(example -> collect(example, signed));
      assertThat(signed).as(page).isNotEmpty();
      for (JsonObject document : signed) {
        SigningKey key = MANAGERS.contains(page) ? MANAGER : ADA;
        assertThat(document).isEqualTo(Signatures.sign(document, key));
        patches++;
      }
    }
    assertThat(patches).isEqualTo(11);
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
}
