package dev.jiggety.document.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.document.DocumentException;
import dev.jiggety.model.Check;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.testing.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestYamlTest {
  private static final String FULL =
      """
      id: search
      name: "Search: \\"tea\\" – 'all'"
      active: false
      tags:
        - search
        - shop
      kind: http
      http:
        method: POST
        url: "https://shop.example/search?q=ä"
        headers:
          - name: Accept
            value: text/html
          - name: X-Empty
            value: ""
        body: |
          q="tea"
        redirects:
          follow: false
          max: 3
      schedule:
        cron: "*/5 8-18 * * 1-5"
        zone: Europe/Berlin
      where:
        tags:
          - eu
        nodes:
          - node-1
      samples: 3
      timeout: 2s500ms
      retries:
        count: 2
        delay: 500ms
      quorum:
        nodes: 2
      degraded:
        total: 800ms
        dns: 50ms
        wait: 400ms
        percentile:
          share: 90
          over: 5m
          limit: 600ms
      depends:
        - home
      assert:
        - on: status
          op: in
          value: "200-299,304"
        - on: header
          name: content-type
          op: contains
          value: html
        - on: body
          not: true
          op: matches
          value: (?i)error: \\\\d+
        - on: certificate-days
          op: greater-than
          value: "14"
      """;

  @TempDir Path folder;

  @Test
  void aScriptIsABlockAsItWasTyped() throws IOException {
    String yaml =
        """
        id: shop-login
        name: shop-login
        kind: script
        script:
          source: |
            # the front door
            go https://shop.example/login
              fv 1 user "Jack"   # indented

            submit
          variables:
            user: Jack
        schedule:
          every: 1m
        """;
    TestDefinition test =
        TestYaml.readAll(List.of(Files.writeString(folder.resolve("login.yaml"), yaml))).getFirst();
    assertThat(((Check.Script) test.check()).source())
        .isEqualTo(
            """
            # the front door
            go https://shop.example/login
              fv 1 user "Jack"   # indented

            submit
            """);
    assertThat(TestYaml.write(test)).isEqualTo(yaml);
  }

  @Test
  void aTestHasOneSpelling() throws IOException {
    String full =
        FULL.replace("(?i)error: \\\\d+", "\"(?i)error: \\\\\\\\d+\"").replace("\\\\\\\\", "\\\\");
    assertThat(TestYaml.write(Samples.fullTest("search"))).isEqualTo(full);
    assertThat(read(full).tests())
        .extracting(TestFile.Entry::test)
        .containsExactly(Samples.fullTest("search"));
    assertThat(TestYaml.write(Samples.test("home")))
        .isEqualTo(
            """
            id: home
            name: home
            kind: http
            http:
              url: https://shop.example/
            schedule:
              every: 1m
            """);
  }

  @Test
  void severalTestsStandInOneFile() throws IOException {
    TestFile file =
        read(
            """
            # the shop
            ---
            id: a
            http: {url: "http://shop.example/a"}
            ---
            ---
            id: b
            tags: [shop, 'eu']
            http: {url: "http://shop.example/b"}
            assert:
              - {on: status, op: equals, value: 200}
            """);
    assertThat(file.problems()).isEmpty();
    assertThat(file.tests()).extracting(entry -> entry.test().id()).containsExactly("a", "b");
    assertThat(file.tests()).extracting(TestFile.Entry::line).containsExactly(3, 7);
    TestDefinition b = file.tests().getLast().test();
    assertThat(b.tags()).containsExactly("eu", "shop");
    assertThat(b.assertions().getFirst().expected()).isEqualTo("200");
  }

  @Test
  void everyProblemIsToldWithItsPlace() throws IOException {
    String text =
        """
        id: shop
        scedule:
          every: 30s
        http:
          url: ftp://shop.example/
          headers:
            - name: Accept
              valeu: text/html
        timeout: soon
        samples: many
        assert:
          - on: status
            op: in
            value: 200-299
          - on: colour
            op: equals
        """;
    assertThat(problems(text))
        .contains(
            "2:1: scedule: unknown field; did you mean \"schedule\"?",
            "7:7: http.headers[0].value: is missing",
            "8:7: http.headers[0].valeu: unknown field; did you mean \"value\"?",
            "9:1: timeout: \"soon\" is not a duration; write it like 500ms, 30s, 5m, 1h30m or 2d",
            "10:1: samples: must be a whole number, found \"many\"",
            "15:5: assert[1].on: \"colour\" is not one of status, header, body, total, phase,"
                + " certificate-days, certificate-issuer, certificate-host, protocol, json, xpath,"
                + " css, schema, size, answer, milestone, requests, weight, console-errors,"
                + " network-errors");
  }

  @Test
  void rulesHavePlacesToo() throws IOException {
    String text =
        """
        id: Shop
        http:
          url: ftp://shop.example/
        schedule:
          cron: "99 * * * *"
        """;
    assertThat(problems(text))
        .hasSize(3)
        .satisfiesExactly(
            id -> assertThat(id).startsWith("1:1: id: "),
            url -> assertThat(url).startsWith("3:3: http.url: "),
            cron -> assertThat(cron).startsWith("5:3: schedule.cron: "));
  }

  @Test
  void aFieldThatStandsTwiceIsRefused() throws IOException {
    assertThat(problems("id: a\nhttp:\n  url: http://a/\n  url: http://b/\n"))
        .containsExactly("4:3: http.url: stands here twice, first in line 3");
  }

  @Test
  void whatIsNoYamlIsToldWithItsPlace() throws IOException {
    assertThat(problems("id: a\nname: \"open\n")).singleElement().asString().startsWith("3:1: ");
    assertThat(problems("id: [a\n")).hasSize(1);
    assertThat(problems("\tid: a\n")).singleElement().asString().startsWith("1:1: ");
    assertThat(problems("just a text\n"))
        .containsExactly("1:1: must be a test with fields, like id, schedule and http");
    assertThat(problems("id: !!java.net.URL [http://x/]\nhttp: {url: \"http://a/\"}\n"))
        .isNotEmpty();
  }

  @Test
  void aBombOfAliasesDoesNotGoOff() throws IOException {
    StringBuilder bomb = new StringBuilder("id: a\nhttp: {url: \"http://a/\"}\na0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(problems(bomb.toString())).anyMatch(line -> line.contains("aliases"));
    assertThat(problems("id: &a\n  id: *a\n")).anyMatch(line -> line.contains("too deep"));
  }

  @Test
  void aliasesSpareRepetition() throws IOException {
    TestFile file =
        read(
            """
            id: a
            http:
              url: http://shop.example/
              headers: [&accept {name: Accept, value: text/html}, *accept]
            """);
    assertThat(file.problems()).isEmpty();
    assertThat(((Check.Http) file.tests().getFirst().test().check()).request().headers())
        .hasSize(2);
  }

  @Test
  void aFolderIsReadInTheOrderOfNames() throws IOException {
    Files.createDirectories(folder.resolve("b"));
    Files.createDirectories(folder.resolve(".git"));
    for (String name :
        List.of("z.yaml", "a.yml", "b/inner.yaml", ".hidden.yaml", ".git/x.yaml", "notes.txt")) {
      String id = name.replaceAll("\\W", "");
      Files.writeString(folder.resolve(name), TestYaml.write(Samples.test(id)));
    }
    assertThat(TestYaml.readAll(List.of(folder)))
        .extracting(TestDefinition::id)
        .containsExactly("ayml", "binneryaml", "zyaml");
  }

  @Test
  void anIdBelongsToOneTest() throws IOException {
    Path first = Files.writeString(folder.resolve("1.yaml"), TestYaml.write(Samples.test("a")));
    Path second =
        Files.writeString(folder.resolve("2.yaml"), "\n" + TestYaml.write(Samples.test("a")));
    assertThatThrownBy(() -> TestYaml.readAll(List.of(folder)))
        .isInstanceOf(DocumentException.class)
        .hasMessage(second + ":2:1: id: \"a\" is used twice, first in " + first + ":1");
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> TestYaml.readAll(List.of(missing)))
        .isInstanceOf(DocumentException.class)
        .hasMessage(missing + ":1:1: there is no such file");
    assertThatThrownBy(() -> TestYaml.readAll(List.of(folder)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("there is no test here");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "name: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> TestYaml.readAll(List.of(latin)))
        .hasMessage(latin + ":1:1: is not a text in UTF-8");
  }

  @Test
  void aKindThatIsNotKnownHereKeepsItsSettings() throws IOException {
    String text =
        """
        id: a
        name: a
        kind: telnet
        telnet:
          deep:
            - - 1
              - 1.50
            - {}
          empty: []
          port: 9007199254740993
        schedule:
          every: 1m
        """;
    TestDefinition test = read(text).tests().getFirst().test();
    assertThat(((Check.Other) test.check()).settings())
        .isEqualTo("{\"deep\":[[1,1.50],{}],\"empty\":[],\"port\":9007199254740993}");
    Path again = Files.writeString(folder.resolve("again.yaml"), TestYaml.write(test));
    assertThat(TestYaml.readAll(List.of(again))).containsExactly(test);
  }

  private TestFile read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("test.yaml"), text);
    List<TestFile> files = TestYaml.read(file);
    Files.delete(file);
    assertThat(files).hasSize(1);
    return files.getFirst();
  }

  private List<String> problems(String text) throws IOException {
    String prefix = folder.resolve("test.yaml") + ":";
    TestFile file = read(text);
    assertThat(file.tests()).isEmpty();
    return file.problems().stream().map(p -> p.toString().replace(prefix, "")).toList();
  }
}
