package dev.jiggety.desktop.view.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.desktop.fx.Pin;
import dev.jiggety.desktop.testing.Bench;
import dev.jiggety.desktop.testing.Examples;
import dev.jiggety.desktop.view.nodes.Trouble.Kind;
import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.ManagerReport.Stand;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.Vitals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodesViewModelTest {
  private final Bench bench = new Bench();

  @Test
  void agesTickAndSilentNodesAreMarked() {
    bench.hub.report(Examples.node("oslo-1", bench.clock.instant()));
    bench.hub.report(Examples.node("dublin-1", bench.clock.instant()));
    NodesViewModel model = open();
    assertThat(model.summaryProperty().get()).isEqualTo("2 nodes");
    Part before = part(model, "oslo-1");
    bench.clock.pass(Duration.ofSeconds(60));
    assertThat(part(model, "oslo-1").now()).isAfter(before.now().plusSeconds(50));
    bench.hub.report(Examples.node("oslo-1", bench.clock.instant()));
    bench.clock.pass(Duration.ofSeconds(60));
    assertThat(model.rows()).hasSize(2);
    assertThat(model.summaryProperty().get()).isEqualTo("2 nodes, 1 silent · 1 to look at");
    assertThat(part(model, "dublin-1").troubles()).extracting(Trouble::kind).contains(Kind.SILENT);
  }

  @Test
  void managersAndTheHubStandBesideTheNodesAndAreAskedAgain() {
    bench.hub.report(Examples.node("oslo-1", bench.clock.instant()));
    bench.hub.fakeHealth().report(manager(Stand.PASSIVE));
    bench.hub.fakeHealth().report(hub(10L << 30));
    NodesViewModel model = open();
    assertThat(model.rows()).hasSize(3);
    assertThat(part(model, "m1").troubles()).extracting(Trouble::kind).contains(Kind.NOT_LED);
    bench.hub.fakeHealth().report(manager(Stand.ACTIVE));
    bench.hub.fakeHealth().report(hub(1L << 20));
    bench.clock.pass(NodesViewModel.OFTEN.plusSeconds(1));
    assertThat(part(model, "m1").troubles()).isEmpty();
    assertThat(part(model, "hub").troubles()).extracting(Trouble::kind).contains(Kind.DISK);
    bench.hub.goAway();
    bench.clock.pass(NodesViewModel.OFTEN.plusSeconds(1));
    assertThat(model.ageProperty().get()).contains("connection refused");
    assertThat(model.rows()).as("what is known stays").hasSize(3);
    assertThat(bench.unexpected).isEmpty();
  }

  @Test
  void findsByWordsAndOnlyWhatNeedsALook() {
    bench.hub.report(Examples.node("oslo-1", bench.clock.instant()));
    bench.hub.report(lost(Examples.node("dublin-1", bench.clock.instant())));
    NodesViewModel model = open();
    model.searchProperty().set("OSLO eu");
    assertThat(model.rows()).singleElement().extracting(it -> it.part().name()).isEqualTo("oslo-1");
    model.searchProperty().set("");
    model.onlyTroubledProperty().set(true);
    assertThat(model.rows())
        .singleElement()
        .extracting(it -> it.part().name())
        .isEqualTo("dublin-1");
    Trouble trouble = part(model, "dublin-1").troubles().getFirst();
    PartWords words = new PartWords(bench.desk);
    assertThat(words.trouble(trouble)).isEqualTo("3 results were lost.");
    assertThat(words.remedy(trouble, part(model, "dublin-1"))).contains("dublin-1");
  }

  @Test
  void everyTroubleHasItsWordsAndWhatToDo() {
    PartWords words = new PartWords(bench.desk);
    Part part = Part.of(Examples.node("oslo-1", bench.clock.instant()), bench.clock.instant());
    for (Kind kind : Kind.values()) {
      Trouble trouble = new Trouble(kind, "said", Duration.ofMinutes(7), 2);
      assertThat(words.trouble(trouble)).as("%s", kind).isNotBlank();
      assertThat(words.remedy(trouble, part)).as("%s", kind).isNotBlank();
    }
    assertThat(words.lines(part)).extracting(PartWords.Line::what).contains("Tests", "Tags");
    assertThat(words.clock(Duration.ofSeconds(-12))).isEqualTo("−12 s");
  }

  @Test
  void closedItAsksNobodyAnyMore() {
    NodesViewModel model = new NodesViewModel(bench.desk, bench.session());
    int timers = bench.clock.timers();
    Pin pin = model.activate();
    assertThat(bench.clock.timers()).isGreaterThan(timers);
    pin.close();
    assertThat(bench.clock.timers()).isEqualTo(timers);
  }

  private NodesViewModel open() {
    NodesViewModel model = new NodesViewModel(bench.desk, bench.session());
    model.activate();
    return model;
  }

  private static Part part(NodesViewModel model, String name) {
    return model.rows().stream()
        .map(NodesViewModel.PartRow::part)
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ManagerReport manager(Stand stand) {
    return new ManagerReport(
        "m1",
        "0.1.0",
        bench.clock.instant(),
        bench.clock.instant(),
        stand,
        bench.clock.instant(),
        "",
        3,
        7,
        0,
        null,
        new Vitals(10L << 30, 0, List.of()));
  }

  private HubReport hub(long free) {
    return new HubReport(
        "hub",
        "0.1.0",
        bench.clock.instant(),
        bench.clock.instant(),
        8,
        1L << 30,
        12,
        new Vitals(free, 90L << 20, List.of()));
  }

  private static NodeStatus lost(NodeStatus node) {
    return new NodeStatus(
        node.name(),
        node.tags(),
        node.version(),
        node.startedAt(),
        node.heartbeatAt(),
        node.tests(),
        node.backlog(),
        node.quarantined(),
        node.lateness(),
        node.clockOffset(),
        node.configAt(),
        node.slots(),
        node.oldestUnsent(),
        3,
        node.vitals());
  }
}
