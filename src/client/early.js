// Runs before anything is drawn, so that a chosen theme does not flash. astro.config.mjs puts its hash into the policy.
try {
  const theme = localStorage.getItem("countersign.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {}
document.documentElement.classList.add("js");
