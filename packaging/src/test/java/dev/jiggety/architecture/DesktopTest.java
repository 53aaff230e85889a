package dev.jiggety.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.jiggety.architecture.Product.DESKTOP;
import static dev.jiggety.architecture.Product.check;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

/** The desktop's layers: shell → activities → what several of them show → session → feed → fx. */
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
    for (String room :
        new String[] {
          "basket",
          "chart",
          "feed",
          "fx",
          "navigation",
          "program",
          "run",
          "session",
          "system",
          "trial",
          "widget"
        }) {
      check(
          noClasses()
              .that()
              .resideInAPackage(DESKTOP + "." + room + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(DESKTOP + ".view..", DESKTOP + ".shell..")
              .because("activities stand on these rooms, not the other way round"),
          DESKTOP + "." + room);
    }
  }

  @Test
  void activitiesDoNotKnowTheShell() {
    check(
        noClasses()
            .that()
            .resideInAPackage(DESKTOP + ".view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DESKTOP + ".shell..", DESKTOP + ".bench..")
            .because("it puts them together; they are tested without it"),
        DESKTOP + ".view");
  }

  @Test
  void theProgramAndTheSystemAreFreeOfJavaFx() {
    for (String room : new String[] {"program", "system"}) {
      check(
          noClasses()
              .that()
              .resideInAPackage(DESKTOP + "." + room + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage("javafx..")
              .because(
                  "processes and files block, and whoever has JavaFX at hand waits on its"
                      + " thread sooner or later"),
          DESKTOP + "." + room);
    }
  }

  @Test
  void theProgramKnowsNoOtherRoom() {
    check(
        noClasses()
            .that()
            .resideInAPackage(DESKTOP + ".program..")
            .should()
            .dependOnClassesThat(resideInTheDesktopOutsideOf("program"))
            .because("a child process is started and ended in the same way whoever asks for it"),
        DESKTOP + ".program");
  }

  @Test
  void theSystemKnowsOnlyThePrograms() {
    check(
        noClasses()
            .that()
            .resideInAPackage(DESKTOP + ".system..")
            .should()
            .dependOnClassesThat(resideInTheDesktopOutsideOf("system", "program"))
            .because(
                "what differs from one operating system to the next must be seen in one"
                    + " place, and tested without any screen or hub"),
        DESKTOP + ".system");
  }

  @Test
  void aRunIsShownWithoutKnowingWhereItComesFrom() {
    check(
        noClasses()
            .that()
            .resideInAPackage(DESKTOP + ".run..")
            .should()
            .dependOnClassesThat(
                resideInTheDesktopOutsideOf(
                    "run", "widget", "navigation", "session", "basket", "feed", "fx"))
            .because("charts, incidents and trials all show runs, and must show them alike"),
        DESKTOP + ".run");
  }

  @Test
  void viewModelsHaveNoSceneGraph() {
    check(
        noClasses()
            .that()
            .resideInAPackage(DESKTOP + "..")
            .and()
            .haveSimpleNameEndingWith("ViewModel")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..")
            .because("what a screen knows and does is tested without a screen"),
        DESKTOP);
  }

  private static DescribedPredicate<JavaClass> resideInTheDesktopOutsideOf(String... rooms) {
    return resideInAPackage(DESKTOP + "..")
        .and(resideOutsideOfPackages(Product.trees(DESKTOP, rooms)));
  }
}
