// Mark the controls that stand out by their background alone, to find them again once
// the system's own colours replaced it (`bare.js`).
() => {
    for (const control of document.querySelectorAll("a, button, summary")) {
        const style = getComputedStyle(control);
        const filled = !/rgba\(.*, 0\)|transparent/.test(style.backgroundColor);
        control.toggleAttribute("data-filled", filled && control.checkVisibility());
    }
}
