package dev.jiggety.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.HttpAuthentication;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.TestDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFieldsTest {
  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

  @TempDir private Path folder;

  static List<Check.Http> checks() {
    HttpRequest post = HttpRequest.get("https://shop.example/${secret.order}").withMethod("POST");
    Check.Http plain = Check.Http.get("https://shop.example/");
    return List.of(
        Check.Http.of(post.withBody(new HttpBody.Text("${secret.word}\n"))),
        Check.Http.of(post.withBody(new HttpBody.Json("{\"b\":1.50,\"a\":[null,\"ä\"]}"))),
        Check.Http.of(post.withBody(new HttpBody.Json("{\"n\": ${secret.n}}"))),
        Check.Http.of(post.withBody(new HttpBody.Json("[ 1 ]"))),
        Check.Http.of(post.withBody(new HttpBody.Json("\"text\""))),
        Check.Http.of(post.withBody(new HttpBody.Json("null"))),
        Check.Http.of(post.withBody(new HttpBody.Json("17"))),
        Check.Http.of(
            post.withBody(
                new HttpBody.Form(
                    List.of(new HttpBody.Field("a", "1"), new HttpBody.Field("a", ""))))),
        Check.Http.of(
            post.withBody(
                new HttpBody.Multipart(
                    List.of(
                        new HttpBody.Part("note", null, null, "hello", false),
                        new HttpBody.Part("image", "a.png", "image/png", "iVBORw==", true))))),
        Check.Http.of(
            new HttpRequest(
                "GET",
                "https://shop.example/",
                List.of(),
                HttpBody.NONE,
                new HttpAuthentication.Basic("ann", "${secret.ann}"),
                List.of(
                    new Capture("token", Target.JSON, "$.token", true),
                    new Capture("id", Target.HEADER, "X-Id", false)))),
        new Check.Http(
            HttpRequest.get("https://shop.example/orders"),
            List.of(
                new Check.Before(
                    "log in",
                    new HttpRequest(
                        "PUT",
                        "https://shop.example/login",
                        List.of(new Check.Header("X-A", "b")),
                        new HttpBody.Text("x"),
                        new HttpAuthentication.Bearer("${secret.token}"),
                        List.of(new Capture("t", Target.CSS, "input[name=t]", false))),
                    List.of(Assertion.that(Target.STATUS, Operator.EQUALS, "204"))),
                new Check.Before("look", HttpRequest.get("http://a/"), List.of())),
            Connection.DEFAULT,
            new Check.Redirects(true, 3),
            1000),
        plain.withConnection(
            new Connection(
                Connection.Version.HTTP_1_1,
                Connection.Family.IPV6,
                "::1",
                null,
                "socks5://proxy.example:1080",
                PEM,
                PEM,
                "${secret.key}")),
        plain.withConnection(
            new Connection(
                Connection.Version.HTTP_2,
                Connection.Family.IPV4,
                null,
                "ns.example:5353",
                null,
                null,
                null,
                null)));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void nothingIsLostInDocumentsAndFiles(Check.Http http) throws Exception {
    TestDefinition test = TestDefinition.builder("shop", http).build();
    assertThat(TestDocument.TYPE.read(TestDocument.TYPE.write(test))).isEqualTo(test);
    assertThat(TestDocument.TYPE.readStrictly(TestDocument.TYPE.writePlain(test))).isEqualTo(test);
    String yaml = TestYaml.write(test);
    Path file = Files.writeString(folder.resolve("shop.yaml"), yaml);
    assertThat(TestYaml.readAll(List.of(file))).containsExactly(test);
    assertThat(TestYaml.write(TestYaml.readAll(List.of(file)).getFirst())).isEqualTo(yaml);
  }

  @Test
  void jsonStandsAsItselfAndKeepsItsDigits() {
    Check.Http http =
        Check.Http.of(
            HttpRequest.get("http://a/")
                .withMethod("POST")
                .withBody(new HttpBody.Json("{\"price\":1.50}")));
    JsonObject written = TestDocument.TYPE.write(TestDefinition.builder("a", http).build());
    assertThat(written.getAsJsonObject("http").get("json").toString())
        .isEqualTo("{\"price\":1.50}");
  }

  @Test
  void aVersionMayBeWrittenAsTheNumberThatItLooksLike() {
    Check.Http http =
        (Check.Http) read("{'url':'http://a/','connection':{'version':1.1}}", true).check();
    assertThat(http.connection().version()).isEqualTo(Connection.Version.HTTP_1_1);
  }

  @Test
  void whatIsNotKnownIsRefusedInFilesAndKeptInDocuments() {
    String settings =
        "{'url':'http://a/','connection':{'family':'ipv4','proxi':'x'},"
            + "'auth':{'basic':{'user':'a','password':'b','realm':'c'}},"
            + "'before':[{'name':'x','url':'http://b/','bdy':'y'}]}";
    assertThatExceptionOfType(DocumentException.class)
        .isThrownBy(() -> read(settings, true))
        .withMessageContaining("http.connection.proxi: unknown field; did you mean \"proxy\"?")
        .withMessageContaining("http.auth.basic.realm: unknown field")
        .withMessageContaining("http.before[0].bdy: unknown field; did you mean \"body\"?");
    JsonObject newer =
        document(
            "{'url':'http://a/','connection':{'family':'ipv4','proxi':'x'},"
                + "'auth':{'basic':{'user':'a','password':'b','realm':'c'}}}");
    assertThat(TestDocument.TYPE.write(TestDocument.TYPE.read(newer), newer)).isEqualTo(newer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'body':'x','json':{} > http.json: does not go with body",
        "'json':'{' > http.json: is no JSON",
        "'auth':{} > http.auth: needs either",
        "'auth':{'basic':{'user':'a'}} > http.auth.basic.password: is missing",
        "'parts':[{'name':'a'}] > http.parts[0].content: either this or \"base64\"",
        "'parts':[{'name':'a','content':'b','base64':'Yg=='}] > http.parts[0].content: either",
        "'capture':[{'name':'a','expression':'b'}] > http.capture[0].from: is missing",
        "'capture':[{'name':'a','from':'status','expression':'b'}] > http.capture[0].from: \"stat",
        "'connection':{'version':3} > http.connection.version: \"3\" is not one of auto, 1.1, 2",
        "'connection':{'family':'ipx'} > http.connection.family: \"ipx\" is not one of any, ipv4",
        "'before':[{'url':'http://b/'}] > http.before[0].name: is missing",
        "'before':[{'name':'a'}] > http.before[0].url: is missing",
        "'body-limit':'1 MB' > http.body-limit: must be a whole number"
      })
  void everyProblemHasItsPlace(String line) {
    String[] parts = line.split(" > ", 2);
    assertThatExceptionOfType(DocumentException.class)
        .isThrownBy(() -> read("{'url':'http://a/'," + parts[0] + "}", false))
        .withMessageContaining(parts[1]);
  }

  private static TestDefinition read(String settings, boolean strictly) {
    JsonObject document = document(settings);
    if (!strictly) {
      return TestDocument.TYPE.read(document);
    }
    for (String field : List.of("_id", "type", "schema")) {
      document.remove(field);
    }
    document.addProperty("id", "a");
    return TestDocument.TYPE.readStrictly(document);
  }

  private static JsonObject document(String settings) {
    String json =
        "{'_id':'test:a','type':'test','schema':1,'name':'a','kind':'http','http':"
            + settings
            + ",'schedule':{'every':'1m'}}";
    return JsonParser.parseString(json.replace('\'', '"')).getAsJsonObject();
  }
}
