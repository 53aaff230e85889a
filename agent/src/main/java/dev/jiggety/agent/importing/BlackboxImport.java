package dev.jiggety.agent.importing;

import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Modules of Prometheus' blackbox exporter, each with the targets it is used on: from the {@code
 * scrape_configs} of a configuration of Prometheus, or given one by one.
 */
public final class BlackboxImport {
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);
  private static final Set<String> DNS = Set.of("query_name", "query_type", "validate_answer_rrs");
  private static final Set<String> TCP = Set.of("query_response", "tls");

  private final Harvest harvest = new Harvest();
  private final JsonObject modules;

  /**
   * What a module is used on.
   *
   * @param module its name
   * @param target as the exporter takes it: an address, {@code host:port}, a name server
   * @param interval how often; null for once a minute
   * @param tags labels of Prometheus, as {@code name=value}
   */
  public record Use(String module, String target, @Nullable Duration interval, List<String> tags) {}

  private BlackboxImport(JsonObject modules) {
    this.modules = modules;
  }

  /**
   * Reads modules and targets.
   *
   * @param modules text of the exporter's file
   * @param prometheus text of Prometheus' own file; null for none
   * @param more targets besides
   * @throws ImportException when one of the texts is not what it should be, or there is no target
   */
  public static Imported read(String modules, @Nullable String prometheus, List<Use> more) {
    JsonObject file = YamlReads.parse(modules, "configuration of the blackbox exporter").getFirst();
    JsonObject named = JsonReads.object(file, "modules");
    if (named.isEmpty()) {
      throw new ImportException(
          "this is no configuration of the blackbox exporter: there are no modules");
    }
    BlackboxImport reader = new BlackboxImport(named);
    List<Use> uses = new ArrayList<>(more);
    if (prometheus != null) {
      uses.addAll(reader.uses(prometheus));
    }
    if (uses.isEmpty()) {
      throw new ImportException(
          "there is no target: name a file of Prometheus with --targets, or one with --target"
              + " MODULE=ADDRESS");
    }
    uses.forEach(reader::use);
    named.keySet().stream()
        .filter(module -> uses.stream().noneMatch(use -> use.module().equals(module)))
        .forEach(module -> reader.harvest.leave("modules." + module, "no target uses it"));
    return reader.harvest.done();
  }

  private List<Use> uses(String prometheus) {
    JsonObject file = YamlReads.parse(prometheus, "configuration of Prometheus").getFirst();
    Duration global = duration(JsonReads.object(file, "global"), "scrape_interval", null);
    List<Use> uses = new ArrayList<>();
    for (JsonObject job : JsonReads.objects(file, "scrape_configs")) {
      List<String> module = JsonReads.texts(JsonReads.object(job, "params"), "module");
      if (module.isEmpty()) {
        continue; // scrapes something else
      }
      Duration interval = duration(job, "scrape_interval", global);
      for (JsonObject group : JsonReads.objects(job, "static_configs")) {
        JsonObject labels = JsonReads.object(group, "labels");
        List<String> tags =
            labels.keySet().stream()
                .map(name -> (name + "=" + JsonReads.text(labels, name)).replaceAll("[\\s,]+", "-"))
                .toList();
        JsonReads.texts(group, "targets")
            .forEach(target -> uses.add(new Use(module.getFirst(), target, interval, tags)));
      }
      job.keySet().stream()
          .filter(key -> key.endsWith("_sd_configs"))
          .forEach(key -> harvest.leave("job " + JsonReads.text(job, "job_name"), "its " + key));
    }
    return uses;
  }

  private void use(Use use) {
    String place = use.target() + " by " + use.module();
    if (!modules.has(use.module())) {
      harvest.leave(place, "there is no such module");
      return;
    }
    JsonObject module = JsonReads.object(modules, use.module());
    String id = harvest.id(use.module() + " " + use.target().replaceFirst("^[a-z]+://", ""));
    List<Assertion> assertions = new ArrayList<>();
    Optional<Check> check =
        switch (JsonReads.text(module, "prober")) {
          case "http" ->
              Optional.of(
                  new BlackboxHttp(harvest, place, new Secrets(harvest, place, id))
                      .read(JsonReads.object(module, "http"), use.target(), assertions));
          case "tcp" -> tcp(JsonReads.object(module, "tcp"), use.target(), place);
          case "dns" -> dns(JsonReads.object(module, "dns"), use.target(), place, assertions);
          default -> Optional.empty();
        };
    if (check.isEmpty()) {
      harvest.leave(place, "its prober is " + JsonReads.text(module, "prober"));
      return;
    }
    Duration timeout = duration(module, "timeout", Duration.ofSeconds(10));
    harvest.take(
        place,
        TestDefinition.builder(id, check.get())
            .name(Harvest.name(use.target() + " (" + use.module() + ")"))
            .tags(use.tags())
            .schedule(
                new Schedule.Every(use.interval() == null ? Duration.ofMinutes(1) : use.interval()))
            .timeout(
                timeout == null || timeout.compareTo(LONGEST_TIMEOUT) > 0
                    ? LONGEST_TIMEOUT
                    : timeout)
            .assertions(assertions)
            .build());
  }

  private Optional<Check> tcp(JsonObject tcp, String target, String place) {
    int colon = target.lastIndexOf(':');
    if (colon < 1 || !target.substring(colon + 1).matches("\\d{1,5}")) {
      return Optional.empty();
    }
    String send = null;
    String expect = null;
    List<JsonObject> talk = JsonReads.objects(tcp, "query_response");
    for (JsonObject turn : talk) {
      send = turn.has("send") && send == null ? JsonReads.text(turn, "send") + "\\r\\n" : send;
      expect = turn.has("expect") && expect == null ? JsonReads.text(turn, "expect") : expect;
    }
    tcp.keySet().stream()
        .filter(key -> !TCP.contains(key))
        .forEach(key -> harvest.leave(place, "tcp." + key + " is not carried over"));
    if (talk.stream().filter(turn -> turn.has("send")).count() > 1
        || talk.stream().filter(turn -> turn.has("expect")).count() > 1
        || talk.stream().anyMatch(turn -> turn.has("starttls"))) {
      harvest.leave(place, "of its talk only the first words sent and the first ones expected");
    }
    return Optional.of(
        new Check.Tcp(
            target.substring(0, colon).replaceAll("^\\[|]$", ""),
            Integer.parseInt(target.substring(colon + 1)),
            send,
            expect,
            JsonReads.flag(tcp, "tls", false),
            Connection.DEFAULT));
  }

  private Optional<Check> dns(
      JsonObject dns, String server, String place, List<Assertion> assertions) {
    String type = JsonReads.text(dns, "query_type").toUpperCase(Locale.ROOT);
    JsonObject rules = JsonReads.object(dns, "validate_answer_rrs");
    for (String regex : JsonReads.texts(rules, "fail_if_none_matches_regexp")) {
      assertions.add(Assertion.that(Target.ANSWER, Operator.MATCHES, regex));
    }
    for (String regex : JsonReads.texts(rules, "fail_if_not_matches_regexp")) {
      // Each of them has to match: none may be without a match.
      String without = "(?s)^(?!.*(?:" + regex + "))";
      assertions.add(new Assertion(Target.ANSWER, "", Operator.MATCHES, true, without));
    }
    for (String regex : JsonReads.texts(rules, "fail_if_matches_regexp")) {
      assertions.add(new Assertion(Target.ANSWER, "", Operator.MATCHES, true, regex));
    }
    if (rules.has("fail_if_all_match_regexp")) {
      harvest.leave(place, "dns.validate_answer_rrs.fail_if_all_match_regexp is not carried over");
    }
    if (!rules.isEmpty()) {
      harvest.leave(place, "its expressions see the data of a record here, not its name and class");
    }
    dns.keySet().stream()
        .filter(key -> !DNS.contains(key))
        .forEach(key -> harvest.leave(place, "dns." + key + " is not carried over"));
    return Arrays.stream(Check.Dns.RecordType.values())
        .filter(record -> record.name().equals(type.isEmpty() ? "A" : type))
        .findAny()
        .map(record -> new Check.Dns(JsonReads.text(dns, "query_name"), record, server));
  }

  private @Nullable Duration duration(JsonObject from, String name, @Nullable Duration otherwise) {
    String text = JsonReads.text(from, name);
    try {
      return text.isEmpty() ? otherwise : Durations.parse(text);
    } catch (IllegalArgumentException e) {
      harvest.leave(name, text + " is no duration");
      return otherwise;
    }
  }
}
