package dev.jiggety.desktop.view.patches;

import com.google.gson.JsonObject;
import dev.jiggety.desktop.basket.BasketEntry;
import dev.jiggety.document.ChannelDocument;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.PlainDocument;
import dev.jiggety.document.PolicyDocument;
import dev.jiggety.document.WindowDocument;
import dev.jiggety.model.Incident;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Policy;
import dev.jiggety.model.TestDefinition;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a set of changes touches, worked out from the changes, the tests, the nodes and what is in
 * force. Pure.
 *
 * @param tests ids of tests that are changed themselves
 * @param nodes names of nodes that run one of them, or stop to
 * @param alerts ids of tests that others are told of, or not, in another way
 * @param policies names of policies that tell otherwise
 * @param silenced ids of tests with an open incident that are switched off or deleted
 */
public record Touches(
    NavigableSet<String> tests,
    NavigableSet<String> nodes,
    NavigableSet<String> alerts,
    NavigableSet<String> policies,
    NavigableSet<String> silenced) {

  /** Of a basket. */
  static Touches of(
      Collection<BasketEntry> entries,
      Collection<TestDefinition> tests,
      Collection<NodeStatus> nodes,
      Map<String, JsonObject> others,
      Collection<Incident> open) {
    Touches touches =
        new Touches(
            new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    for (BasketEntry entry : entries) {
      if (entry.target().startsWith(Ids.test(""))) {
        touches.test(entry, nodes, open);
      } else {
        touches.other(entry, tests, others);
      }
    }
    return touches;
  }

  private void test(BasketEntry entry, Collection<NodeStatus> known, Collection<Incident> open) {
    String id = entry.target().substring(Ids.test("").length());
    tests.add(id);
    Stream.of(entry.baseTest(), entry.wantedTest())
        .flatMap(Optional::stream)
        .filter(TestDefinition::active)
        .forEach(test ->
            known.stream()
                .filter(node -> test.where().includes(node.name(), node.tags()))
                .forEach(node -> nodes.add(node.name())));
    boolean ends = entry.wantedTest().map(test -> !test.active()).orElse(true);
    if (ends && open.stream().anyMatch(it -> isOf(it, id))) {
      silenced.add(id);
    }
  }

  private void other(
      BasketEntry entry, Collection<TestDefinition> all, Map<String, JsonObject> others) {
    sides(entry, WindowDocument.TYPE)
        .forEach(window -> all.stream().filter(window::isAbout).forEach(it -> alerts.add(it.id())));
    sides(entry, PolicyDocument.TYPE).forEach(policy -> policy(policy, all));
    sides(entry, ChannelDocument.TYPE)
        .forEach(channel ->
            others.forEach((id, document) ->
                read(id, document, PolicyDocument.TYPE)
                    .filter(policy ->
                        policy.steps().stream()
                            .anyMatch(step -> step.channels().contains(channel.id())))
                    .ifPresent(policy -> policy(policy, all))));
  }

  private void policy(Policy policy, Collection<TestDefinition> all) {
    policies.add(policy.name());
    Policy.Selection which = policy.which();
    boolean names = !which.tests().isEmpty() || !which.tags().isEmpty();
    all.stream()
        .filter(test ->
            names
                ? which.tests().contains(test.id())
                    || !Collections.disjoint(which.tags(), test.tags())
                : which.nodes().isEmpty())
        .forEach(test -> alerts.add(test.id()));
  }

  private static boolean isOf(Incident incident, String test) {
    return incident.kind() != Incident.Kind.NODE && incident.subject().equals(test);
  }

  /** What it was and what it shall be, as far as it is of that kind and can be understood. */
  private static <T> List<T> sides(BasketEntry entry, PlainDocument<T> type) {
    return Stream.of(
            read(entry.target(), entry.base(), type), read(entry.target(), entry.wanted(), type))
        .flatMap(Optional::stream)
        .toList();
  }

  private static <T> Optional<T> read(
      String id, @Nullable JsonObject document, PlainDocument<T> type) {
    if (document == null || !id.startsWith(type.type() + ":")) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.read(document));
    } catch (DocumentException e) {
      return Optional.empty(); // its own rules say what is wrong with it
    }
  }
}
