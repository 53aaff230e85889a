package dev.jiggety.agent.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.base.Problem;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurlImportTest {
  @Test
  void readsWhatABrowserCopies() {
    Imported imported =
        CurlImport.read(
            """
            curl 'https://shop.example/api/search?q=tea' \\
              -H 'accept: application/json' \\
              -H 'authorization: Bearer abc.def' \\
              -H 'sec-fetch-mode: cors' \\
              -H 'Cookie: session=42' \\
              --data-raw $'{"name":"it\\'s"}' \\
              --compressed
            """);
    TestDefinition test = imported.tests().getFirst();
    Check.Http http = (Check.Http) test.check();
    assertThat(test.id()).isEqualTo("shop-example-api-search");
    assertThat(test.name()).isEqualTo("POST https://shop.example/api/search");
    assertThat(http.request().method()).isEqualTo("POST");
    assertThat(http.url()).isEqualTo("https://shop.example/api/search?q=tea");
    assertThat(http.request().body()).isEqualTo(new HttpBody.Text("{\"name\":\"it's\"}"));
    assertThat(http.redirects().follow()).as("curl follows none unless told").isFalse();
    assertThat(http.request().headers())
        .contains(
            new Check.Header("accept", "application/json"),
            new Check.Header("authorization", "${secret.shop-example-api-search-authorization}"),
            new Check.Header("Cookie", "${secret.shop-example-api-search-cookie}"))
        .noneMatch(header -> header.name().startsWith("sec-"));
    assertThat(TestYaml.write(test)).doesNotContain("abc.def").doesNotContain("session=42");
    assertThat(imported.left()).hasSize(2).allMatch(left -> left.message().contains("secret"));
  }

  @Test
  void carriesEveryOptionThatMeansSomething() {
    Check.Http http =
        http(
            "curl -sSLXPUT --max-redirs 3 -m 2.5 -4 --http1.1 -u ada:pw -A jig -e http://a/"
                + " --resolve shop.example:443:10.0.0.1 --json '{}'"
                + " -o /dev/null --max-time=4 https://shop.example/x");
    assertThat(http.request().method()).isEqualTo("PUT");
    assertThat(http.request().body()).isEqualTo(new HttpBody.Json("{}"));
    assertThat(http.redirects()).isEqualTo(new Check.Redirects(true, 3));
    assertThat(http.request().authentication())
        .isEqualTo(new HttpAuthentication.Basic("ada", "${secret.shop-example-x-password}"));
    assertThat(http.connection().family()).isEqualTo(Connection.Family.IPV4);
    assertThat(http.connection().version()).isEqualTo(Connection.Version.HTTP_1_1);
    assertThat(http.connection().address()).isEqualTo("10.0.0.1");
    assertThat(http("curl -x http://proxy:3128 http://a.example/").connection().proxy())
        .isEqualTo("http://proxy:3128");
    assertThat(test("curl -m 4 http://a.example/").timeout()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void readsBodiesOfEveryShape() {
    assertThat(http("curl -d a=1 -d b=2 http://a.example/").request().body())
        .isEqualTo(new HttpBody.Text("a=1&b=2"));
    assertThat(http("curl -G -d a=1 --data-urlencode 'b=x y' http://a.example/?c=3").url())
        .isEqualTo("http://a.example/?c=3&a=1&b=x%20y");
    assertThat(http("curl -F a=1 -F b=2 http://a.example/").request().body())
        .isEqualTo(
            new HttpBody.Multipart(
                List.of(
                    new HttpBody.Part("a", null, null, "1", false),
                    new HttpBody.Part("b", null, null, "2", false))));
    assertThat(http("curl -I a.example").request().method()).isEqualTo("HEAD");
  }

  @Test
  void listsWhatItCannotCarry() {
    Imported imported =
        CurlImport.read("curl -k -F f=@x.png --cacert ca.pem --interface eth0 http://a.example/");
    assertThat(imported.tests()).hasSize(1);
    assertThat(imported.left())
        .extracting(Problem::message)
        .anyMatch(text -> text.startsWith("-k: TLS is always verified"))
        .anyMatch(text -> text.startsWith("-F f=@x.png: a node has no such file"))
        .anyMatch(text -> text.startsWith("--cacert ca.pem"))
        .anyMatch(text -> text.startsWith("--interface eth0: this option is not carried over"));
  }

  @Test
  void keepsTheHostThatIsAskedForAndTakesNoValueForAnAddress() {
    Imported imported =
        CurlImport.read(
            "curl -H 'Host: shop.example' --connect-timeout 2.5 -U a:geheim http://10.0.0.5/");
    assertThat(imported.tests()).hasSize(1);
    assertThat(((Check.Http) imported.tests().getFirst().check()).request().headers())
        .containsExactly(new Check.Header("Host", "shop.example"));
    assertThat(imported.left()).isNotEmpty().noneMatch(left -> left.message().contains("geheim"));
  }

  @Test
  void refusesWhatIsNoCurlLine() {
    assertThatThrownBy(() -> CurlImport.read("wget http://a/"))
        .hasMessageContaining("no curl line");
    assertThatThrownBy(() -> CurlImport.read("curl -L")).hasMessageContaining("no address");
    assertThatThrownBy(() -> CurlImport.read("curl -H")).hasMessageContaining("needs a value");
  }

  private static TestDefinition test(String line) {
    return CurlImport.read(line).tests().getFirst();
  }

  private static Check.Http http(String line) {
    return (Check.Http) test(line).check();
  }
}
