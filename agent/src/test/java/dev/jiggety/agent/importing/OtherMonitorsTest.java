package dev.jiggety.agent.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jiggety.document.SecretReferences;
import dev.jiggety.document.yaml.TestYaml;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uptime Kuma, Gatus, the blackbox exporter. */
class OtherMonitorsTest {
  @Test
  void readsABackupOfUptimeKuma() {
    Imported imported =
        KumaImport.read(
            """
            {"version": "1.23.16", "notificationList": [{"name": "mail"}], "monitorList": [
              {"name": "Shop: Übersicht", "type": "keyword", "url": "https://shop.example/",
               "interval": 20, "timeout": 16, "maxretries": 2, "retryInterval": 20, "active": 1,
               "method": "GET", "maxredirects": 0, "accepted_statuscodes": ["200-299", "304"],
               "keyword": "Welcome", "invertKeyword": false, "ignoreTls": true, "upsideDown": false,
               "headers": "{\\"X-Api-Key\\": \\"k1\\"}", "authMethod": "basic",
               "basic_auth_user": "ada", "basic_auth_pass": "pw",
               "tags": [{"name": "team", "value": "web shop"}]},
              {"name": "db", "type": "port", "hostname": "db.example", "port": 5432, "active": false},
              {"name": "ping", "type": "ping", "hostname": "a.example"}
            ]}
            """);
    assertThat(imported.tests()).hasSize(2);
    TestDefinition shop = imported.tests().getFirst();
    assertThat(shop.id()).isEqualTo("shop-ubersicht");
    assertThat(shop.schedule()).isEqualTo(new Schedule.Every(Duration.ofSeconds(20)));
    assertThat(shop.timeout()).isEqualTo(Duration.ofSeconds(16));
    assertThat(shop.retries()).isEqualTo(new Retries(2, Duration.ofSeconds(20)));
    assertThat(shop.tags()).containsExactly("team=web-shop");
    assertThat(shop.assertions())
        .containsExactly(
            Assertion.that(Target.STATUS, Operator.IN, "200-299,304"),
            Assertion.that(Target.BODY, Operator.CONTAINS, "Welcome"));
    assertThat(((Check.Http) shop.check()).redirects().follow()).isFalse();
    assertThat(TestYaml.write(shop)).doesNotContain("k1").doesNotContain("pw");
    assertThat(imported.tests().getLast().active()).isFalse();
    assertThat(imported.left())
        .anyMatch(left -> left.place().equals("notificationList"))
        .anyMatch(left -> left.message().contains("type ping are not carried over"))
        .anyMatch(left -> left.message().contains("TLS errors ignored"))
        .anyMatch(left -> left.message().contains("the password is not in the test"));
  }

  @Test
  void readsAConfigurationOfGatus() {
    Imported imported =
        GatusImport.read(
            """
            storage: {type: sqlite}
            endpoints:
              - name: Front page
                group: shop
                url: https://shop.example/
                interval: 30s
                headers: {Authorization: "Bearer ${SHOP_TOKEN}"}
                client: {timeout: 5s, ignore-redirect: true}
                conditions:
                  - "[STATUS] == any(200, 429)"
                  - "[RESPONSE_TIME] < 300"
                  - "[CERTIFICATE_EXPIRATION] > 48h"
                  - "[DOMAIN_EXPIRATION] > 720h"
              - name: db
                url: tcp://db.example:5432
                conditions: ["[CONNECTED] == true"]
              - name: mail record
                url: "8.8.8.8"
                dns: {query-name: shop.example, query-type: MX}
              - name: ping
                url: icmp://a.example
            """);
    assertThat(imported.tests())
        .extracting(TestDefinition::id)
        .containsExactly("shop-front-page", "db", "mail-record");
    TestDefinition shop = imported.tests().getFirst();
    assertThat(shop.assertions())
        .containsExactly(
            Assertion.that(Target.STATUS, Operator.IN, "200,429"),
            Assertion.that(Target.TOTAL, Operator.LESS_THAN, "300ms"),
            Assertion.that(Target.CERTIFICATE_DAYS, Operator.GREATER_THAN, "2"));
    assertThat(((Check.Http) shop.check()).request().headers())
        .containsExactly(new Check.Header("Authorization", "Bearer ${secret.shop-token}"));
    assertThat(imported.tests().get(2).check())
        .isEqualTo(new Check.Dns("shop.example", Check.Dns.RecordType.MX, "8.8.8.8"));
    assertThat(imported.left())
        .anyMatch(left -> left.message().contains("DOMAIN_EXPIRATION"))
        .anyMatch(left -> left.message().contains("icmp://a.example is not carried over"))
        .anyMatch(left -> left.message().contains("the secret shop-token"))
        .anyMatch(left -> left.place().equals("storage"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[STATUS] == 200          | STATUS |                | EQUALS       | false | 200",
        "[STATUS] != 500          | STATUS |                | EQUALS       | true  | 500",
        "[STATUS] < 300           | STATUS |                | LESS_THAN    | false | 300",
        "[STATUS] <= 299          | STATUS |                | LESS_THAN    | false | 300",
        "[RESPONSE_TIME] <= 1s    | TOTAL  |                | LESS_THAN    | false | 1s",
        "[BODY] == pat(*a.b*)     | BODY   |                | MATCHES      | false | (?s)^.*\\Qa.b\\E.*$",
        "[BODY].user.name == john | JSON   | $.user.name    | EQUALS       | false | john",
        "[BODY][0].id == 1        | JSON   | $[0].id        | EQUALS       | false | 1",
        "[BODY].n > 5             | JSON   | $.n            | GREATER_THAN | false | 5",
        "has([BODY].errors) == false | JSON | $.errors      | EXISTS       | true  | ''",
        "has([BODY].data) == true | JSON   | $.data         | EXISTS       | false | ''"
      })
  void readsAConditionOfGatus(
      String condition, Target target, String name, Operator operator, boolean not, String value) {
    assertThat(GatusCondition.read(condition))
        .contains(new Assertion(target, name == null ? "" : name, operator, not, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[IP] == 10.0.0.1", "len([BODY].users) > 3", "[DNS_RCODE] == NXDOMAIN", "nonsense",
        "[RESPONSE_TIME] > 5", "[BODY].a == any(1, 2)", "[STATUS] == 2xx",
            "[DOMAIN_EXPIRATION] > 4h"
      })
  void leavesAConditionThatIsNoAssertion(String condition) {
    assertThat(GatusCondition.read(condition)).isEmpty();
  }

  @Test
  void readsModulesOfTheBlackboxExporterWithTheirTargets() {
    String modules =
        """
        modules:
          http_shop:
            prober: http
            timeout: 5s
            http:
              valid_status_codes: [200, 204]
              method: POST
              headers: {Accept: application/json}
              body: '{"a":1}'
              fail_if_body_not_matches_regexp: ["ok"]
              fail_if_header_matches: [{header: Server, regexp: old}]
              basic_auth: {username: ada, password: pw}
              follow_redirects: false
              preferred_ip_protocol: ip4
              ip_protocol_fallback: false
              tls_config: {insecure_skip_verify: true}
          smtp: {prober: tcp, tcp: {query_response: [{expect: "^220"}, {send: "QUIT"}]}}
          icmp: {prober: icmp}
        """;
    String prometheus =
        """
        global: {scrape_interval: 2m}
        scrape_configs:
          - job_name: web
            scrape_interval: 15s
            params: {module: [http_shop]}
            static_configs:
              - targets: ["shop.example/api"]
                labels: {team: web}
          - job_name: node
            static_configs: [{targets: ["localhost:9100"]}]
        """;
    Imported imported =
        BlackboxImport.read(
            modules,
            prometheus,
            List.of(new BlackboxImport.Use("smtp", "mail.example:25", null, List.of())));
    assertThat(imported.tests())
        .extracting(TestDefinition::id)
        .containsExactly("smtp-mail-example-25", "http-shop-shop-example-api");
    TestDefinition web = imported.tests().getLast();
    assertThat(web.schedule()).isEqualTo(new Schedule.Every(Duration.ofSeconds(15)));
    assertThat(web.tags()).containsExactly("team=web");
    assertThat(((Check.Http) web.check()).url()).isEqualTo("http://shop.example/api");
    assertThat(web.assertions())
        .containsExactly(
            Assertion.that(Target.STATUS, Operator.IN, "200,204"),
            Assertion.that(Target.BODY, Operator.MATCHES, "ok"),
            new Assertion(Target.HEADER, "server", Operator.EXISTS, false, ""),
            new Assertion(Target.HEADER, "server", Operator.MATCHES, true, "old"));
    assertThat(((Check.Tcp) imported.tests().getFirst().check()).expect()).isEqualTo("^220");
    assertThat(imported.left())
        .anyMatch(left -> left.message().contains("tls_config"))
        .anyMatch(left -> left.place().equals("modules.icmp"));
  }

  @Test
  void aLongNameLeavesRoomForThatOfItsSecret() {
    String name = "a-name-that-is-as-long-as-the-id-of-a-test-may-be-and-then-some-more";
    Imported imported =
        KumaImport.read(
            """
            {"monitorList": [{"name": "%s", "type": "http", "url": "http://a.example/",
              "authMethod": "basic", "basic_auth_user": "ada", "basic_auth_pass": "pw"}]}
            """
                .formatted(name));
    TestDefinition test = imported.tests().getFirst();
    assertThat(SecretReferences.in(test)).hasSize(1).allMatch(it -> it.length() <= 64);
  }

  @Test
  void refusesWhatItCannotRead() {
    assertThatThrownBy(() -> KumaImport.read("{}")).hasMessageContaining("monitorList");
    assertThatThrownBy(() -> GatusImport.read("a: 1")).hasMessageContaining("endpoints");
    assertThatThrownBy(() -> GatusImport.read("a: [")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> BlackboxImport.read("modules: {a: {prober: http}}", null, List.of()))
        .hasMessageContaining("no target");
  }
}
