// Remember, from the first line of a page on, what its content security policy refused.
window.refusals = [];
document.addEventListener("securitypolicyviolation", (event) => {
    window.refusals.push(`${event.effectiveDirective} ${event.blockedURI}`);
});
