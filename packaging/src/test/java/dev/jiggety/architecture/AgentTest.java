package dev.jiggety.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.jiggety.architecture.Product.AGENT;
import static dev.jiggety.architecture.Product.check;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The agent's layers: cli → demo and bench → roles → parts → store → shared model. */
class AgentTest {
  private static final String[] ROLES = {"node", "hub", "manager"};
  private static final String[] PARTS = {
    "replication",
    "schedule",
    "exchange",
    "judge",
    "probe",
    "worker",
    "result",
    "slot",
    "queue",
    "report",
    "vitals",
    "metrics",
    "incident",
    "retention",
    "notify",
    "secret",
    "trial",
    "identity",
    "enroll"
  };

  @Test
  void nothingKnowsTheCommandLine() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(AGENT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(AGENT + ".cli..")
            .because("what a command does must also be had without a terminal, as by the demo"),
        "dev.jiggety.model");
  }

  @Test
  void rolesKnowNothingOfEachOther() {
    for (String role : ROLES) {
      String[] others = Stream.of(ROLES).filter(r -> !r.equals(role)).toArray(String[]::new);
      check(
          noClasses()
              .that()
              .resideInAPackage(AGENT + "." + role + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(Product.trees(AGENT, others))
              .because("each role runs alone in its process, and they meet over the hub's API"),
          AGENT + "." + role);
    }
  }

  @Test
  void rolesDoNotKnowWhatPutsThemTogether() {
    for (String role : ROLES) {
      check(
          noClasses()
              .that()
              .resideInAPackage(AGENT + "." + role + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(Product.trees(AGENT, "demo", "bench"))
              .because("the demo and the benchmarks drive the roles as a user would"),
          AGENT + "." + role);
    }
  }

  @Test
  void partsDoNotKnowTheRoles() {
    for (String part : PARTS) {
      check(
          noClasses()
              .that()
              .resideInAPackage(AGENT + "." + part + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(Product.trees(AGENT, "node", "hub", "manager", "demo", "bench"))
              .because("a role wires parts together; a part that knows its role fits no other one"),
          AGENT + "." + part);
    }
  }

  @Test
  void decidingOnIncidentsKnowsTheSharedModelAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".incident..")
            .should()
            .dependOnClassesThat(resideInTheAgentOutsideOf("incident"))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.jiggety.couch..", "dev.jiggety.repository.couch..")
            .because("what is decided must follow from results alone, whoever brings them"),
        AGENT + ".incident");
  }

  @Test
  void trialsKnowNoOtherPartOfTheAgent() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".trial..")
            .should()
            .dependOnClassesThat(resideInTheAgentOutsideOf("trial"))
            .because(
                "who may have a test run at once is decided by signatures and rules alone; how it"
                    + " is run is handed in by the node"),
        AGENT + ".trial");
  }

  @Test
  void theStoreStandsOnTheSharedModelAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".store..")
            .should()
            .dependOnClassesThat(resideInTheAgentOutsideOf("store"))
            .because("the hub, the nodes and the replication all stand on the store"),
        AGENT + ".store");
  }

  @Test
  void theStoreKnowsNoHttp() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.net.http..",
                "com.sun.net.httpserver..",
                "jakarta.servlet..",
                "okhttp3..",
                "org.apache.http..",
                "org.eclipse.jetty..",
                "io.helidon..",
                "dev.jiggety.couch..")
            .because("a node carries the store without any HTTP face on it"),
        AGENT + ".store");
  }

  @Test
  void theHubKnowsNoSql() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".hub..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
            .because("it is a face on the store; how that keeps its documents is the store's own"),
        AGENT + ".hub");
  }

  @Test
  void probesDoNotKnowEachOther() {
    check(
        slices()
            .matching(AGENT + ".probe.(*)..")
            .should()
            .notDependOnEachOther()
            .because("a third party adds a probe as a jar, and one can be taken away"),
        AGENT + ".probe");
  }

  @Test
  void probesKnowTheModelAndWhatTheyMeasureWith() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".probe..")
            .should()
            .dependOnClassesThat(resideInTheAgentOutsideOf("probe", "exchange", "browser", "judge"))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.jiggety.couch..", "dev.jiggety.repository..")
            .because("a probe measures; when, why and where the result goes is not its business"),
        AGENT + ".probe");
  }

  @Test
  void theExchangeKnowsTheModelOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".exchange..")
            .should()
            .dependOnClassesThat(resideInTheAgentOutsideOf("exchange"))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.jiggety.couch..", "dev.jiggety.repository..", "dev.jiggety.document..")
            .because("probes and browsers stand on it, in the agent and in its workers alike"),
        AGENT + ".exchange");
  }

  @Test
  void onlyTheExchangeKnowsOkHttp() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + "..")
            .and()
            .resideOutsideOfPackages(AGENT + ".exchange..", AGENT + ".bench.checks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("okhttp3..")
            .because("whoever goes round it measures by another clock and other rules"),
        AGENT + ".exchange");
  }

  @Test
  void reportsAndTheStatusPageKnowNothingOfTheAgent() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".report..")
            .should()
            .dependOnClassesThat(resideInTheAgentOutsideOf("report"))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.jiggety.couch..", "dev.jiggety.repository.couch..")
            .because("what is shown to everybody is made of what repositories tell, and no more"),
        AGENT + ".report");
  }

  @Test
  void theJudgeKnowsTheModelAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".judge..")
            .should()
            .dependOnClassesThat(resideInTheAgentOutsideOf("judge"))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.jiggety.couch..", "dev.jiggety.repository..", "dev.jiggety.document..")
            .because(
                "all probes ask it, so it must not know which one; it only looks at an answer"),
        AGENT + ".judge");
  }

  @Test
  void nobodyKnowsThatFiguresAreTaken() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + "..")
            .and()
            .resideOutsideOfPackages(AGENT + ".metrics..", AGENT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AGENT + ".metrics..", "io.prometheus..", "io.opentelemetry..")
            .because(
                "metrics read the parts by suppliers that the command line wires; what is off costs"
                    + " nothing, and no part is written for a certain system of metrics"),
        AGENT + ".metrics");
  }

  @Test
  void metricsKnowTheModelAlone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + ".metrics..")
            .should()
            .dependOnClassesThat(resideInTheAgentOutsideOf("metrics"))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.jiggety.couch..", "dev.jiggety.repository..")
            .because("they show figures; where these come from is the business of who wires them"),
        AGENT + ".metrics");
  }

  private static DescribedPredicate<JavaClass> resideInTheAgentOutsideOf(String... rooms) {
    return resideInAPackage(AGENT + "..").and(resideOutsideOfPackages(Product.trees(AGENT, rooms)));
  }
}
