package dev.jiggety.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.jiggety.architecture.Product.AGENT;
import static dev.jiggety.architecture.Product.CLASSES;
import static dev.jiggety.architecture.Product.check;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.InstantSource;
import java.time.temporal.TemporalAccessor;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class SharedModelTest {
  private static final String MODEL = "dev.jiggety.model..";

  private static final DescribedPredicate<JavaAccess<?>> THE_CLOCK =
      DescribedPredicate.describe(
          "that ask the machine what time it is, or wait", a -> asksTime(a));

  @Test
  void theModelKnowsNoOtherRoom() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.jiggety.document..", "dev.jiggety.couch..", "dev.jiggety.repository..")
        .because("everything stands on the model, so it stands on nothing but base")
        .check(CLASSES);
  }

  @Test
  void theScriptLanguageKnowsNothingButBase() {
    noClasses()
        .that()
        .resideInAPackage("dev.jiggety.twill..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.jiggety..")
                .and(
                    JavaClass.Predicates.resideOutsideOfPackages(
                        "dev.jiggety.twill..", "dev.jiggety.base..")))
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.net.http..")
        .because("editors, rules and probes read scripts by it, and each only reads them")
        .check(CLASSES);
  }

  @Test
  void theModelReadsAndWritesNothing() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.nio.channels..",
            "java.nio.file..",
            "java.net.http..",
            "java.sql..",
            "com.google.gson..",
            "org.lightcouch..",
            "org.apache.http..")
        .because(
            "rules are pure: what they need is handed to them; JSON is the business of document")
        .check(CLASSES);
  }

  @Test
  void timeIsAnArgumentOfTheModel() {
    noClasses()
        .that()
        .resideInAPackage(MODEL)
        .should()
        .accessTargetWhere(THE_CLOCK)
        .because("a rule that reads the clock cannot be tested without waiting for it")
        .check(CLASSES);
  }

  @Test
  void thePortsDoNotKnowTheirImplementation() {
    noClasses()
        .that()
        .resideInAPackage("dev.jiggety.repository")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.jiggety.repository.couch..", "dev.jiggety.couch..")
        .because("who uses a repository must not care which hub is behind it")
        .check(CLASSES);
  }

  @Test
  void onlyTheCouchPackageKnowsLightCouch() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.jiggety.couch..", "org.lightcouch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.lightcouch..")
        .because(
            "LightCouch hides what went wrong; its wrapper is the one place that makes up for it")
        .check(CLASSES);
  }

  @Test
  void onlyLightCouchAndHtmlUnitMakeUsKnowApachesClient() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.jiggety.couch..", "org.lightcouch..", AGENT + ".browser.htmlunit..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.http..")
        .because("it is there for the two that speak its words; our own requests go by OkHttp")
        .check(CLASSES);
  }

  @Test
  void ourClassesInLightCouchsPackageAreNullMarked() {
    check(
        classes()
            .that(
                DescribedPredicate.describe(
                    "are ours in org.lightcouch", SharedModelTest::isOursInLightCouch))
            .and()
            .areTopLevelClasses()
            .should()
            .beAnnotatedWith(NullMarked.class)
            .because(
                "that package is not ours to mark, and NullAway passes over what is not marked"),
        new ClassFileImporter().importPackages("org.lightcouch"),
        "dev.jiggety.couch");
  }

  private static boolean isOursInLightCouch(JavaClass c) {
    return c.getPackageName().startsWith("org.lightcouch")
        && c.getSource().filter(s -> s.getUri().toString().contains("shared-model")).isPresent();
  }

  private static boolean asksTime(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    String name = access.getTarget().getName();
    if (owner.isEquivalentTo(System.class)) {
      return Set.of("currentTimeMillis", "nanoTime").contains(name);
    }
    if (owner.isEquivalentTo(Thread.class)) {
      return name.equals("sleep");
    }
    if (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class)) {
      return name.startsWith("system") || name.startsWith("tick");
    }
    // now(Clock) is told the time; now() and now(ZoneId) ask for it.
    return name.equals("now")
        && owner.isAssignableTo(TemporalAccessor.class)
        && access instanceof JavaMethodCall call
        && call.getTarget().getRawParameterTypes().stream()
            .noneMatch(type -> type.isEquivalentTo(Clock.class));
  }
}
