package dev.jiggety.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.jiggety.architecture.Product.AGENT;
import static dev.jiggety.architecture.Product.check;

import org.junit.jupiter.api.Test;

/** The agent's browsers: a port that probes use, and engines that nobody names. */
class BrowsersTest {
  private static final String BROWSER = AGENT + ".browser";

  @Test
  void browsersKnowTheExchangeAndTheModel() {
    check(
        noClasses()
            .that()
            .resideInAPackage(BROWSER + "..")
            .should()
            .dependOnClassesThat(
                resideInAPackage(AGENT + "..")
                    .and(resideOutsideOfPackages(BROWSER + "..", AGENT + ".exchange..")))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.jiggety.couch..", "dev.jiggety.repository..", "dev.jiggety.document..")
            .because("a browser shows pages; why somebody looks at one is not its business"),
        BROWSER);
  }

  @Test
  void enginesDoNotKnowEachOther() {
    check(
        slices()
            .matching(BROWSER + ".(*)..")
            .should()
            .notDependOnEachOther()
            .because("a node has one without the other"),
        BROWSER);
  }

  @Test
  void nobodyNamesAnEngine() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(BROWSER + ".htmlunit..", BROWSER + ".chromium..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BROWSER + ".htmlunit..", BROWSER + ".chromium..")
            .because("engines are found as services, and a script or page runs on any of them"),
        AGENT);
  }

  @Test
  void onlyItsEngineKnowsHtmlUnit() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + "..")
            .and()
            .resideOutsideOfPackage(BROWSER + ".htmlunit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.htmlunit..")
            .because("its traps (shared clients, files of the machine, memory) are seen to there"),
        BROWSER);
  }
}
