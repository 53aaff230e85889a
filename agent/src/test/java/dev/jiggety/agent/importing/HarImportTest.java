package dev.jiggety.agent.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.model.Check;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.TestDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class HarImportTest {
  private static final String RECORDING =
      """
      {"log": {"version": "1.2", "entries": [
        {"_resourceType": "document",
         "request": {"method": "GET", "url": "https://shop.example/login#top", "headers": [
            {"name": "Accept", "value": "text/html"}, {"name": "Cookie", "value": "s=1"},
            {"name": ":authority", "value": "shop.example"}]},
         "response": {"status": 200, "content": {"mimeType": "text/html"}, "redirectURL": ""}},
        {"_resourceType": "image",
         "request": {"method": "GET", "url": "https://shop.example/logo.png", "headers": []},
         "response": {"status": 200, "content": {"mimeType": "image/png"}, "redirectURL": ""}},
        {"_resourceType": "document",
         "request": {"method": "POST", "url": "https://shop.example/login", "headers": [],
            "postData": {"mimeType": "application/x-www-form-urlencoded; charset=utf-8",
              "params": [{"name": "user", "value": "ada%40x"}, {"name": "password", "value": "pw"}]}},
         "response": {"status": 303, "content": {}, "redirectURL": "https://shop.example/home"}},
        {"_resourceType": "document",
         "request": {"method": "GET", "url": "https://shop.example/home", "headers": []},
         "response": {"status": 200, "content": {"mimeType": "text/html"}, "redirectURL": ""}},
        {"_resourceType": "fetch",
         "request": {"method": "POST", "url": "https://shop.example/api/cart", "headers": [],
            "postData": {"mimeType": "application/json", "text": "{\\"item\\":7}"}},
         "response": {"status": 404, "content": {"mimeType": "application/json"}}}
      ]}}
      """;

  @Test
  void makesOneTestOfWhatWasDone() {
    Imported imported = HarImport.read(RECORDING);
    TestDefinition test = imported.tests().getFirst();
    Check.Http http = (Check.Http) test.check();
    assertThat(http.url()).isEqualTo("https://shop.example/api/cart");
    assertThat(http.request().body()).isEqualTo(new HttpBody.Text("{\"item\":7}"));
    assertThat(http.before())
        .as("the page after a redirect comes by itself")
        .extracting(before -> before.request().method() + " " + before.request().url())
        .containsExactly("GET https://shop.example/login", "POST https://shop.example/login");
    assertThat(http.before().getLast().request().body())
        .isEqualTo(
            new HttpBody.Form(
                List.of(
                    new HttpBody.Field("user", "ada@x"),
                    new HttpBody.Field("password", "${secret.shop-example-api-cart-password}"))));
    assertThat(http.before().getFirst().request().headers())
        .containsExactly(new Check.Header("Accept", "text/html"));
    assertThat(test.assertions()).as("as it was answered").hasSize(1);
    assertThat(imported.left())
        .anyMatch(left -> left.message().contains("1 request for pictures"))
        .anyMatch(left -> left.message().contains("the secret shop-example-api-cart-password"));
  }

  @Test
  void refusesWhatIsNoRecording() {
    assertThatThrownBy(() -> HarImport.read("{")).isInstanceOf(ImportException.class);
    assertThatThrownBy(() -> HarImport.read("[]")).hasMessageContaining("no JSON object");
    assertThatThrownBy(() -> HarImport.read("{\"log\":{}}")).hasMessageContaining("log.entries");
  }
}
