package dev.jiggety.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.jiggety.architecture.Product.AGENT;
import static dev.jiggety.architecture.Product.CLASSES;
import static dev.jiggety.architecture.Product.DESKTOP;
import static dev.jiggety.architecture.Product.NOT_BUILT_YET;
import static dev.jiggety.architecture.Product.check;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class AllModulesTest {
  private static final String[] SHARED_MODEL =
      Product.trees(
          "dev.jiggety",
          "base",
          "jsonpath",
          "twill",
          "model",
          "document",
          "couch",
          "repository",
          "signing");

  @Test
  void whatIsListedAsNotBuiltYetIsNot() {
    assertThat(NOT_BUILT_YET.stream().filter(Product::exists))
        .as("have code by now: take them off the list Product.NOT_BUILT_YET")
        .isEmpty();
  }

  @Test
  void theSharedModelKnowsNeitherAgentNorDesktop() {
    noClasses()
        .that()
        .resideInAnyPackage(SHARED_MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(AGENT + "..", DESKTOP + "..")
        .because("it is what both of them speak: agent → shared-model ← desktop-client")
        .check(CLASSES);
  }

  @Test
  void theAgentDoesNotKnowTheDesktop() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AGENT + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DESKTOP + "..", "javafx..")
            .because("it runs where there is no screen; JavaFX is the desktop's alone"),
        AGENT + ".cli");
  }

  @Test
  void theSharedModelHasNoScreen() {
    noClasses()
        .that()
        .resideInAnyPackage(SHARED_MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javafx..")
        .because("the agent carries it to machines without JavaFX")
        .check(CLASSES);
  }

  @Test
  void theDesktopDoesNotKnowTheAgent() {
    check(
        noClasses()
            .that()
            .resideInAPackage(DESKTOP + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(AGENT + "..")
            .because("they meet at the hub, in documents of the shared model"),
        DESKTOP + ".view");
  }

  @Test
  void noCyclesBetweenPackages() {
    slices()
        .matching("dev.jiggety.(**)")
        .should()
        .beFreeOfCycles()
        .because("packages in a ring can only be understood, changed and tested together")
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() {
    assertThat(packages().filter(p -> !isNullMarked(p)).map(JavaPackage::getName))
        .as(
            "packages without a package-info.java that is @NullMarked: it is the first that a"
                + " newcomer reads, and without the mark NullAway does not know what null means")
        .isEmpty();
  }

  private static Stream<JavaPackage> packages() {
    return CLASSES.stream()
        .filter(c -> c.getPackageName().startsWith("dev.jiggety"))
        .map(JavaClass::getPackage)
        .distinct();
  }

  private static boolean isNullMarked(JavaPackage p) {
    return p.tryGetPackageInfo().filter(info -> info.isAnnotatedWith(NullMarked.class)).isPresent();
  }
}
