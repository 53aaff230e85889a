package dev.jiggety.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.jiggety.architecture.Product.DESKTOP;
import static dev.jiggety.architecture.Product.check;

import org.junit.jupiter.api.Test;

class DesktopTest {
  @Test
  void activitiesDoNotKnowEachOther() {
    check(
        slices()
            .matching(DESKTOP + ".view.(*)..")
            .should()
            .notDependOnEachOther()
            .because("one asks for another by way of navigation, so each can be read on its own"),
        DESKTOP + ".view");
  }

  @Test
  void theFeedIsFreeOfJavaFx() {
    check(
        noClasses()
            .that()
            .resideInAPackage(DESKTOP + ".feed..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javafx..")
            .because("the live picture is made off the FX thread and tested without a screen"),
        DESKTOP + ".feed");
  }

  @Test
  void nothingBelowKnowsTheActivities() {
    for (String room : new String[] {"fx", "session", "feed", "chart"}) {
      check(
          noClasses()
              .that()
              .resideInAPackage(DESKTOP + "." + room + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage(DESKTOP + ".view..")
              .because("activities stand on these rooms, not the other way round"),
          DESKTOP + "." + room);
    }
  }
}
